import { sayChannel, sayTemplate, senderId, startDispatch, type Started } from '../testing/set-up';

const words: Readonly<Record<string, string>> = {
  en_US: 'Hello {{1}}, your table {{2}} is ready for you tonight.',
  es: 'Hola {{1}}, su mesa {{2}} está lista para esta noche.',
  de: 'Hallo {{1}}, Ihr Tisch {{2}} ist heute Abend frei.',
};

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
  for (const [language, text] of Object.entries(words)) {
    const components = [{ type: 'BODY', text, example: { body_text: [['Ada', '7']] } }];
    const category = 'UTILITY' as const;
    const table = { name: 'table', language, category, parameterFormat: 'POSITIONAL' as const, components };
    // German still waits for its review.
    await sayTemplate(started.others, table, language !== 'de');
  }
  await sayTemplate(started.others, {
    name: 'parcel',
    language: 'en_US',
    category: 'UTILITY',
    parameterFormat: 'NAMED',
    components: [{ type: 'BODY', text: 'Hello {{name}}, your parcel {{parcel}} is here.' }],
  });
  await sayChannel(started.others, { name: 'spanish', senderId, purpose: 'transactional', locale: 'es' });
  for (const [phone, language] of [
    ['+4930555010', 'es-MX'],
    ['+4930555011', 'fr'],
  ]) {
    expect((await started.service.ask('PUT', '/v1/contacts', { phone, language })).status).toBe(200);
  }
});
afterAll(() => started.service.close());

const body = (template: object, changes: object = {}) => ({
  channel: 'demo-transactional',
  to: { phone: '+4930555012' },
  template: { name: 'table', variables: ['Ada', '7'], ...template },
  ...changes,
});
const ask = (given: object) => started.service.ask('POST', '/v1/messages', given);
const spanish = { to: { phone: '+4930555010' } };
const french = { to: { phone: '+4930555011' } };

describe('the language of a template message', () => {
  it.each([
    ['is the one asked for', body({ language: 'es', fallback: 'en_US' }), 'es', 'asked'],
    [
      'is the fallback, where there is no such language',
      body({ language: 'fr', fallback: 'en_US' }),
      'en_US',
      'fallback',
    ],
    ['is the fallback, where it is not approved', body({ language: 'de', fallback: 'en_US' }), 'en_US', 'fallback'],
    ["is the person's, where none is asked for", body({ fallback: 'en_US' }, spanish), 'es', 'person'],
    ["is the fallback, where the person's is not there", body({ fallback: 'en_US' }, french), 'en_US', 'fallback'],
    ["is the channel's, for somebody whose language nobody knows", body({}, { channel: 'spanish' }), 'es', 'channel'],
    ['is the only one there is', body({ name: 'parcel', variables: { name: 'Ada', parcel: '7' } }), 'en_US', 'only'],
  ])('%s, and the message says so', async (_, given, language, languageBy) => {
    const { status, body: answer } = await ask(given);
    expect([status, answer.state]).toEqual([202, 'requested']);
    const [requested] = await started.service.log.readStream(answer.id);
    expect(requested).toMatchObject({
      data: { content: { template: { language, languageBy } } },
      personal: { payload: { template: { language: { code: language } } } },
    });
  });

  it.each([
    ['unknown-template', body({ language: 'fr' }, { channel: 'spanish' }), '"table" in "fr"'],
    ['unknown-template', body({ language: 'fr', fallback: 'it' }), '"table" in "fr" or "it"'],
    ['unknown-template', body({}, french), '"table" in a language that fits the person'],
    ['template-not-approved', body({ language: 'de' }), 'the template is draft'],
  ])('is not guessed: %s', async (code, given, because) => {
    const { status, body: problem } = await ask(given);
    expect([status, problem.code, problem.detail]).toEqual([422, code, expect.stringContaining(because)]);
  });

  it('is told before anything is sent, and in a batch', async () => {
    const message = {
      channel: 'demo-transactional',
      template: { name: 'table', fallback: 'en_US', variables: ['A', '7'] },
    };
    const recipients = [spanish.to, french.to];
    const ahead = await started.service.ask('POST', '/v1/decisions', { message, recipients });
    expect(ahead.status).toBe(200);
    const messages = recipients.map((to) => ({ ...message, to }));
    const { results } = (await started.service.ask('POST', '/v1/messages/batch', { messages })).body;
    const streams = await started.service.log.readStreams(results.map(({ id }: { id: string }) => id));
    const languages = [...streams.values()].map(
      ([first]) => (first!.data as never as Outline).content.template.language,
    );
    expect(languages.sort()).toEqual(['en_US', 'es']);
  });
});
interface Outline {
  readonly content: { readonly template: { readonly language: string } };
}

describe('variables over data', () => {
  const data = { person: { name: 'ada' }, table: 7 };
  const wordsOf = async (id: string): Promise<unknown> => {
    const [requested] = await started.service.log.readStream(id);
    const { template } = (requested!.personal as { payload: { template: { components: never[] } } }).payload;
    return (template.components as { parameters: { text: string }[] }[])[0]!.parameters.map(({ text }) => text);
  };

  it('are Liquid, filled when the message is taken on', async () => {
    const variables = ['{{ person.name | capitalize }}', 'no. {{ table }}{% if bar %} at the bar{% endif %}'];
    const { status, body: answer } = await ask(body({ language: 'es', variables }, { data }));
    expect(status).toBe(202);
    expect(await wordsOf(answer.id)).toEqual(['Ada', 'no. 7']);
  });

  it('are words like any other without data, and data is no Liquid', async () => {
    const plain = await ask(body({ language: 'es', variables: ['{{ person.name }}', '7'] }));
    expect(await wordsOf(plain.body.id)).toEqual(['{{ person.name }}', '7']);
    const sly = { person: { name: '{{ table }}' }, table: 7 };
    const filled = await ask(body({ language: 'es', variables: ['{{ person.name }}', '7'] }, { data: sly }));
    expect(await wordsOf(filled.body.id)).toEqual(['{{ table }}', '7']);
  });

  it('are found by name for a named template', async () => {
    const named = body({ name: 'parcel', variables: undefined }, { data: { name: 'Ada', parcel: 17, other: [] } });
    expect(await wordsOf((await ask(named)).body.id)).toEqual(['Ada', '17']);
  });

  it.each([
    ['a value', body({ language: 'es', variables: ['{{ person.nick }}', '7'] }, { data }), 'person.nick'],
    ['a named value', body({ name: 'parcel', variables: undefined }, { data: { name: 'Ada' } }), '"parcel"'],
  ])('that ask for %s which is not there are refused, and it is named', async (_, given, missing) => {
    const { status, body: problem } = await ask(given);
    expect([status, problem.code]).toEqual([422, 'parameters-mismatch']);
    expect(problem.detail).toContain(missing);
    expect(JSON.stringify(problem.decision)).not.toMatch(/ada/i);
  });

  it('that cannot be read are malformed, with their place', async () => {
    const wrong = body({ language: 'es', variables: ['Ada', '{% include "x" %}'] }, { data });
    const { status, body: problem } = await ask(wrong);
    expect([status, problem.code]).toEqual([400, 'malformed']);
    expect(problem.errors[0].path).toBe('template.variables[1]');
  });
});
