import { parseTemplateDefinition, renderTemplate, templateFindings } from '../src/index';
import { describeWithFixtures, fixturesIn } from './fixtures';

describeWithFixtures("the templates that Meta's document and others show as valid", (folder) => {
  const fixtures = [
    ...fixturesIn(folder, 'pywa', /^templates__/),
    ...fixturesIn(folder, 'meta-openapi', /message_templates__post__req/),
  ].map(({ name, text }) => ({ name, text: text.replace('<TEMPLATE_NAME>', 'template_name') }));

  it.each(fixtures)('$name parses, renders, and has no finding of severity error', ({ text }) => {
    const parsed = parseTemplateDefinition(JSON.parse(text));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(renderTemplate(parsed.value).body).not.toBe('');
    expect(templateFindings(parsed.value).filter((each) => each.severity === 'error')).toEqual([]);
  });
});
