import { parseTemplateDefinition, type TemplateDefinition } from '@postrider/cloud-api-payloads';
import { fillTemplate, liquidProblem } from './fill-template';

function template(text: string, format: 'NAMED' | 'POSITIONAL'): TemplateDefinition {
  const parsed = parseTemplateDefinition({
    ...{ name: 'parcel', language: 'en_US', category: 'UTILITY', parameter_format: format },
    components: [{ type: 'BODY', text }],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed));
  return parsed.value;
}
const positional = template('Hello {{1}}, your parcel {{2}} is here.', 'POSITIONAL');
const named = template('Hello {{name}}, your parcel {{parcel}} is here.', 'NAMED');
const components = [
  {
    type: 'body',
    parameters: [
      { type: 'text', text: 'Ada' },
      { type: 'text', text: '7' },
    ],
  },
];

describe('a template is filled', () => {
  it('from values, from Liquid over data, and by the names of the data', () => {
    expect(fillTemplate(positional, { variables: ['Ada', 7] })).toEqual({ ok: true, components });
    const data = { name: 'ada', parcel: 7 };
    const variables = ['{{ name | capitalize }}', '{{ parcel }}'];
    expect(fillTemplate(positional, { variables, data })).toEqual({ ok: true, components });
    expect(fillTemplate(named, { data: { ...data, name: 'Ada' } })).toMatchObject({ ok: true, components });
  });

  it.each([
    ['a value too few', positional, { variables: ['Ada'] }, 'variables[1]', 'the value of 2 is missing'],
    [
      'what the data lacks',
      named,
      { data: { name: 'Ada', order: {} }, variables: { name: 'x', parcel: '{{ order.id }}' } },
      'variables.parcel',
      'asks for "order.id", which the data does not have',
    ],
  ])('not with %s, which is named', (_, definition, given, path, message) => {
    expect(fillTemplate(definition, given)).toEqual({ ok: false, unreadable: false, problems: [{ path, message }] });
  });

  it('with no data where its variables have no names, or their Liquid cannot be read', () => {
    expect(fillTemplate(positional, { data: { name: 'Ada' } })).toMatchObject({ ok: false, unreadable: true });
    const unreadable = fillTemplate(positional, { variables: ['x', '{{ y'], data: {} });
    expect(unreadable).toMatchObject({ unreadable: true, problems: [{ path: 'variables[1]' }] });
    expect(liquidProblem(['{{ x }}'])).toBeUndefined();
  });
});
