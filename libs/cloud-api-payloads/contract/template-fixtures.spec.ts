import { parseTemplateDefinition, renderTemplate, templateFindings } from '../src/index';
import { describeWithFixtures, fixturesIn, type Fixture } from './fixtures';

describeWithFixtures("the templates that Meta's document and others show as valid", (folder) => {
  const fixtures = [
    ...fixturesIn(folder, 'pywa', /^templates__/),
    ...fixturesIn(
      folder,
      'meta-openapi',
      /message_templates__post__req|^template_id__post__req|^template_id__get__res/,
    ),
    ...fixturesIn(folder, 'meta-openapi', /message_templates__get__res/).flatMap(listed),
  ].map(({ name, text }) => ({ name, text: text.replace('<TEMPLATE_NAME>', 'template_name') }));

  it.each(fixtures)('$name parses, renders, and has no finding of severity error', ({ text }) => {
    const parsed = parseTemplateDefinition(JSON.parse(text));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(renderTemplate(parsed.value).body).not.toBe('');
    expect(templateFindings(parsed.value).filter((each) => each.severity === 'error')).toEqual([]);
  });
});

/** Each template of a list as a fixture of its own. */
function listed({ name, text }: Fixture): Fixture[] {
  const { data } = JSON.parse(text) as { data: readonly object[] };
  return data.map((each, index) => ({ name: `${name} ${index + 1}`, text: JSON.stringify(each) }));
}
