import { eventually, ids, startRig, wamidOf, type Answer, type Rig } from '../rig';
import { openApiIsHere, readOpenApi, type Checker } from './document';

if (!openApiIsHere && process.env.REQUIRE_FIXTURES === '1') {
  throw new Error("REQUIRE_FIXTURES=1, but Meta's OpenAPI document is not in ../shared/openapi.");
}
if (!openApiIsHere) console.warn("Skipped: Meta's OpenAPI document is not in ../shared/openapi.");

/**
 * Where the documentation overrides the document, the fault the document would find is listed here. A line that no
 * longer comes up fails the test, so the list stays short.
 */
const overridden: Readonly<Record<string, string[]>> = {
  // The examples show text, captured replies show a number.
  'describe media': ['/file_size must be string'],
  // Its list of statuses lacks CONNECTED, the one that a number must have to send.
  'list numbers': [
    '/data/0/status must be equal to one of the allowed values',
    '/data/1/status must be equal to one of the allowed values',
  ],
};

interface Case {
  name: string;
  path: string;
  method: 'get' | 'post' | 'delete';
  call: (rig: Rig) => Promise<Answer>;
}

const components = [{ type: 'BODY', text: 'Your parcel is here.' }];
const phonePath = '/{Version}/{Phone-Number-ID}';
const wabaPath = '/{Version}/{WABA-ID}';
const profileFields = 'about,address,description,email,profile_picture_url,websites,vertical';
const whatsapp = { messaging_product: 'whatsapp' };

const upload = async (rig: Rig): Promise<string> => {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('file', new Blob([Buffer.from('x')], { type: 'image/png' }), 'a.png');
  const headers = { authorization: 'Bearer simulator-token' };
  const response = await fetch(`${rig.url}/v24.0/${ids.phone}/media`, { method: 'POST', headers, body: form });
  return ((await response.json()) as { id: string }).id;
};

/** A message of which everything was reported, and every report was taken; its id for a query. */
async function reported(rig: Rig): Promise<string> {
  await rig.inbound('+4915112345602');
  const wamid = wamidOf(await rig.sendText('+4915112345602'));
  await eventually(async () => {
    const { data } = (await rig.control('GET', '/messages?to=4915112345602')).body as {
      data: { wamid: string; webhooks: { state: string }[]; statuses: unknown[] }[];
    };
    const message = data.find((one) => one.wamid === wamid);
    expect(message?.statuses).toHaveLength(3);
    for (const { state } of message?.webhooks ?? []) expect(state).toBe('delivered');
  });
  return encodeURIComponent(wamid);
}

const cases: Case[] = [
  {
    name: 'send a template',
    path: `${phonePath}/messages`,
    method: 'post',
    call: (rig) => rig.sendTemplate('+4915112345601'),
  },
  { name: 'send text', path: `${phonePath}/messages`, method: 'post', call: (rig) => rig.sendText('+4915112345601') },
  {
    name: 'send by the marketing endpoint',
    path: `${phonePath}/marketing_messages`,
    method: 'post',
    call: (rig) =>
      rig.graph('POST', `/${ids.phone}/marketing_messages`, {
        ...whatsapp,
        recipient_type: 'individual',
        to: '4915112345601',
        type: 'template',
        template: {
          name: 'welcome',
          language: { code: 'en_US' },
          components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ada' }] }],
        },
      }),
  },
  {
    name: 'describe media',
    path: '/{Version}/{Media-ID}',
    method: 'get',
    call: async (rig) => rig.graph('GET', `/${await upload(rig)}`),
  },
  {
    name: 'delete media',
    path: '/{Version}/{Media-ID}',
    method: 'delete',
    call: async (rig) => rig.graph('DELETE', `/${await upload(rig)}`),
  },
  { name: 'describe a number', path: phonePath, method: 'get', call: (rig) => rig.graph('GET', `/${ids.phone}`) },
  {
    name: 'list numbers',
    path: `${wabaPath}/phone_numbers`,
    method: 'get',
    call: (rig) => rig.graph('GET', `/${ids.waba}/phone_numbers`),
  },
  { name: 'describe an account', path: wabaPath, method: 'get', call: (rig) => rig.graph('GET', `/${ids.waba}`) },
  {
    name: 'list templates',
    path: `${wabaPath}/message_templates`,
    method: 'get',
    call: (rig) => rig.graph('GET', `/${ids.waba}/message_templates`),
  },
  {
    name: 'create a template',
    path: `${wabaPath}/message_templates`,
    method: 'post',
    call: (rig) =>
      rig.graph('POST', `/${ids.waba}/message_templates`, {
        name: 'parcel',
        language: 'en_US',
        category: 'UTILITY',
        components,
      }),
  },
  {
    name: 'describe a template',
    path: '/{Version}/{TEMPLATE_ID}',
    method: 'get',
    call: (rig) => rig.graph('GET', '/4000000000000002'),
  },
  {
    name: 'edit a template',
    path: '/{Version}/{TEMPLATE_ID}',
    method: 'post',
    call: (rig) => rig.graph('POST', '/4000000000000002', { components }),
  },
  {
    name: 'delete a template',
    path: `${wabaPath}/message_templates`,
    method: 'delete',
    call: (rig) => rig.graph('DELETE', `/${ids.waba}/message_templates?name=welcome`),
  },
  {
    name: 'list subscribed apps',
    path: `${wabaPath}/subscribed_apps`,
    method: 'get',
    call: (rig) => rig.graph('GET', `/${ids.waba}/subscribed_apps`),
  },
  {
    name: 'subscribe',
    path: `${wabaPath}/subscribed_apps`,
    method: 'post',
    call: (rig) => rig.graph('POST', `/${ids.waba}/subscribed_apps`, {}),
  },
  {
    name: 'read the profile',
    path: `${phonePath}/whatsapp_business_profile`,
    method: 'get',
    call: (rig) => rig.graph('GET', `/${ids.phone}/whatsapp_business_profile?fields=${profileFields}`),
  },
  {
    name: 'block a user',
    path: `${phonePath}/block_users`,
    method: 'post',
    call: async (rig) => {
      await rig.inbound('+4915112345601');
      return rig.graph('POST', `/${ids.phone}/block_users`, { ...whatsapp, block_users: [{ user: '+4915112345601' }] });
    },
  },
  {
    name: 'list blocked users',
    path: `${phonePath}/block_users`,
    method: 'get',
    call: (rig) => rig.graph('GET', `/${ids.phone}/block_users`),
  },
  {
    name: 'register',
    path: `${phonePath}/register`,
    method: 'post',
    call: (rig) => rig.graph('POST', `/${ids.phone}/register`, { ...whatsapp, pin: '123456' }),
  },
  {
    name: 'deregister',
    path: `${phonePath}/deregister`,
    method: 'post',
    call: (rig) => rig.graph('POST', `/${ids.slowPhone}/deregister`),
  },
  {
    name: 'message history',
    path: `${phonePath}/message_history`,
    method: 'get',
    async call(rig) {
      const answer = await rig.graph('GET', `/${ids.phone}/message_history?message_id=${await reported(rig)}`);
      expect(answer.body).toMatchObject({ data: [{ events: { data: { length: 3 } } }] });
      return answer;
    },
  },
  {
    name: 'events of a message history',
    path: '/{Version}/{Message-History-ID}/events',
    method: 'get',
    async call(rig) {
      const wamid = await reported(rig);
      const { data } = (await rig.graph('GET', `/${ids.phone}/message_history?message_id=${wamid}`)).body;
      const [{ id }] = data as [{ id: string }];
      const events = await rig.graph('GET', `/${id}/events?limit=2`);
      expect(events.body).toMatchObject({
        data: { length: 2 },
        paging: { next: expect.stringContaining(`/${id}/events`) },
      });
      return rig.graph('GET', `/${id}/events?status_filter=DELIVERED`);
    },
  },
];

(openApiIsHere ? describe : describe.skip)("answers against Meta's OpenAPI document", () => {
  let rig: Rig;
  let document: Checker;
  beforeAll(async () => {
    document = readOpenApi();
    rig = await startRig();
    await rig.subscribe();
  });
  afterAll(() => rig.close());

  it.each(cases)('$name', async ({ name, path, method, call }) => {
    const answer = await call(rig);
    expect(answer).toMatchObject({ status: 200 });
    expect(document.faults(path, method, 200, answer.body)).toEqual(overridden[name] ?? []);
  });

  it('a refused registration', async () => {
    const answer = await rig.graph('POST', `/${ids.phone}/register`, { ...whatsapp, pin: '1' });
    expect(answer.status).toBe(400);
    expect(document.faults(`${phonePath}/register`, 'post', 400, answer.body)).toEqual([]);
  });

  it('a refused token', async () => {
    const answer = await rig.graph('GET', `/${ids.phone}`, undefined, 'nonsense');
    expect(answer.status).toBe(401);
    expect(document.faults(phonePath, 'get', 401, answer.body)).toEqual([]);
  });
});
