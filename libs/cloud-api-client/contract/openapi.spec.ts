import type { ErrorObject } from 'ajv';
import { cloudApi, connectionPools, type CloudApi, type Pools } from '../src/index';
import { graphDouble, json, type GraphDouble } from './graph-double';
import { describeWithOpenApi } from './openapi';

interface Call {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly run: (api: CloudApi) => Promise<unknown>;
}
const all = async <T>(list: AsyncIterable<T>): Promise<T[]> => {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
};
const body = { type: 'BODY', text: 'Hi {{1}}, welcome.', example: { body_text: [['Ann']] } };
const text = { messaging_product: 'whatsapp', to: '1', type: 'text', text: { body: 'hi' } } as const;
const template = { name: 'a', language: { code: 'en' } };

const calls: Call[] = [
  {
    name: 'messages.send',
    method: 'POST',
    path: '/{Phone-Number-ID}/messages',
    run: (api) => api.messages.send('1', text),
  },
  {
    name: 'marketingMessages.send',
    method: 'POST',
    path: '/{Phone-Number-ID}/marketing_messages',
    run: (api) =>
      api.marketingMessages.send('1', {
        messaging_product: 'whatsapp',
        to: '1',
        recipient_type: 'individual',
        type: 'template',
        template,
      }),
  },
  {
    name: 'phoneNumbers.list',
    method: 'GET',
    path: '/{WABA-ID}/phone_numbers',
    run: (api) => all(api.phoneNumbers.list('1')),
  },
  { name: 'phoneNumbers.get', method: 'GET', path: '/{Phone-Number-ID}', run: (api) => api.phoneNumbers.get('1') },
  {
    name: 'phoneNumbers.add',
    method: 'POST',
    path: '/{WABA-ID}/phone_numbers',
    run: (api) => api.phoneNumbers.add('1', { cc: '1', phone_number: '5550100001', verified_name: 'Shop' }),
  },
  {
    name: 'phoneNumbers.register',
    method: 'POST',
    path: '/{Phone-Number-ID}/register',
    run: (api) => api.phoneNumbers.register('1', { pin: '123456' }),
  },
  {
    name: 'phoneNumbers.deregister',
    method: 'POST',
    path: '/{Phone-Number-ID}/deregister',
    run: (api) => api.phoneNumbers.deregister('1'),
  },
  {
    name: 'phoneNumbers.requestCode',
    method: 'POST',
    path: '/{Phone-Number-ID}/request_code',
    run: (api) => api.phoneNumbers.requestCode('1', { code_method: 'SMS', language: 'en_US' }),
  },
  {
    name: 'phoneNumbers.verifyCode',
    method: 'POST',
    path: '/{Phone-Number-ID}/verify_code',
    run: (api) => api.phoneNumbers.verifyCode('1', '123456'),
  },
  {
    name: 'businessProfile.get',
    method: 'GET',
    path: '/{Phone-Number-ID}/whatsapp_business_profile',
    run: (api) => api.businessProfile.get('1'),
  },
  {
    name: 'businessProfile.update',
    method: 'POST',
    path: '/{Phone-Number-ID}/whatsapp_business_profile',
    run: (api) => api.businessProfile.update('1', { about: 'Open' }),
  },
  { name: 'businessAccounts.get', method: 'GET', path: '/{WABA-ID}', run: (api) => api.businessAccounts.get('1') },
  {
    name: 'subscribedApps.list',
    method: 'GET',
    path: '/{WABA-ID}/subscribed_apps',
    run: (api) => api.subscribedApps.list('1'),
  },
  {
    name: 'subscribedApps.subscribe',
    method: 'POST',
    path: '/{WABA-ID}/subscribed_apps',
    run: (api) =>
      api.subscribedApps.subscribe('1', { override_callback_uri: 'https://a.example/w', verify_token: 'token' }),
  },
  {
    name: 'subscribedApps.unsubscribe',
    method: 'DELETE',
    path: '/{WABA-ID}/subscribed_apps',
    run: (api) => api.subscribedApps.unsubscribe('1'),
  },
  {
    name: 'templates.create',
    method: 'POST',
    path: '/{WABA-ID}/message_templates',
    run: (api) => api.templates.create('1', { name: 'a', language: 'en', category: 'UTILITY', components: [body] }),
  },
  {
    name: 'templates.list',
    method: 'GET',
    path: '/{WABA-ID}/message_templates',
    run: (api) => all(api.templates.list('1')),
  },
  { name: 'templates.get', method: 'GET', path: '/{TEMPLATE_ID}', run: (api) => api.templates.get('1') },
  {
    name: 'templates.edit',
    method: 'POST',
    path: '/{TEMPLATE_ID}',
    run: (api) => api.templates.edit('1', { components: [body] }),
  },
  {
    name: 'templates.delete',
    method: 'DELETE',
    path: '/{WABA-ID}/message_templates',
    run: (api) => api.templates.delete('1', { name: 'a' }),
  },
  {
    name: 'media.upload',
    method: 'POST',
    path: '/{Phone-Number-ID}/media',
    run: (api) => api.media.upload('1', { bytes: new Uint8Array(1), mimeType: 'image/png' }),
  },
  { name: 'media.get', method: 'GET', path: '/{Media-ID}', run: (api) => api.media.get('1') },
  { name: 'media.delete', method: 'DELETE', path: '/{Media-ID}', run: (api) => api.media.delete('1') },
  {
    name: 'blockUsers.block',
    method: 'POST',
    path: '/{Phone-Number-ID}/block_users',
    run: (api) => api.blockUsers.block('1', [{ user: '15550100100' }]),
  },
  {
    name: 'blockUsers.unblock',
    method: 'DELETE',
    path: '/{Phone-Number-ID}/block_users',
    run: (api) => api.blockUsers.unblock('1', [{ user: '15550100100' }]),
  },
  {
    name: 'blockUsers.list',
    method: 'GET',
    path: '/{Phone-Number-ID}/block_users',
    run: (api) => all(api.blockUsers.list('1')),
  },
];

/** Where the documentation overrides Meta's document, and why. */
const requestOverrides: { call: string; says: RegExp; because: string }[] = [
  {
    call: 'messages.send',
    says: /./,
    because: 'the parts of its schema exclude each other: cloud-api-payloads compares it',
  },
  { call: 'marketingMessages.send', says: /language .*'policy'/, because: 'it is a relic of the on-premises API' },
];
/** Answers where Meta's document has no example: those of its documentation. */
const documentedAnswers: Record<string, unknown> = {
  'blockUsers.block': {
    messaging_product: 'whatsapp',
    block_users: { added_users: [{ input: '15550100100', wa_id: '15550100100' }] },
  },
  'blockUsers.unblock': {
    messaging_product: 'whatsapp',
    block_users: { removed_users: [{ input: '15550100100', wa_id: '15550100100' }] },
  },
  'blockUsers.list': {
    data: [{ messaging_product: 'whatsapp', wa_id: '15550100100' }],
    paging: { cursors: { after: 'A', before: 'B' } },
  },
};
const isOverridden =
  (name: string) =>
  ({ instancePath, message = '' }: ErrorObject) =>
    requestOverrides.some(({ call, says }) => call === name && says.test(`${instancePath} ${message}`));

describeWithOpenApi("the client and Meta's OpenAPI document", (operation) => {
  let meta: GraphDouble;
  let pools: Pools;
  let api: CloudApi;
  beforeAll(async () => {
    meta = await graphDouble();
    pools = connectionPools();
    api = cloudApi({ graphUrl: meta.url, accessToken: 'token', version: 'v23.0', pools });
  });
  afterAll(async () => {
    await pools.close();
    await meta.close();
  });

  it.each(calls)(
    '$name asks as the document has it, and reads each example of its answer',
    async ({ name, method, path, run }) => {
      const documented = operation(method, path);
      const answers = documented.answers.length ? documented.answers : [documentedAnswers[name]];
      for (const answer of answers) {
        // The read mark shares the path of the sends, and its answer has no message.
        if (name === 'messages.send' && !Object.hasOwn(answer as object, 'messages')) continue;
        meta.replyWith(json(answer));
        const outcome = await run(api);
        if (name.endsWith('.send')) expect(outcome).toMatchObject({ kind: 'accepted' });
        else expect(outcome).toBeDefined();

        const sent = meta.received.at(-1);
        expect(sent?.method).toBe(method);
        expect(sent?.url.pathname).toBe(`/v23.0${path.replace(/\{[^}]+\}/g, '1')}`);
        if (sent?.headers['content-type'] === 'application/json') {
          const problems = documented.problemsOf(JSON.parse(String(sent.body)));
          expect(problems.filter((problem) => !isOverridden(name)(problem))).toEqual([]);
        }
      }
      expect(answers).not.toContain(undefined);
    },
  );
});
