import { startDispatch, type Started } from '../testing/set-up';

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
});
afterAll(() => started.service.close());
const ask = (method: 'GET' | 'PUT', body?: unknown) => started.service.ask(method, '/v1/replies', body);

it('200 keeps replies at hand, as they were put last', async () => {
  expect((await ask('GET')).body).toEqual({ data: [], version: 0 });
  const replies = [
    { name: 'hours', text: 'Nine to five.' },
    { name: 'hours', language: 'de', text: 'Von neun bis fünf.' },
  ];
  expect(await ask('PUT', { replies })).toMatchObject({ status: 200, body: { data: replies, version: 1 } });
  await ask('PUT', { replies });
  expect((await ask('GET')).body).toEqual({ data: replies, version: 1 });
  await ask('PUT', { replies: [] });
  expect((await ask('GET')).body).toEqual({ data: [], version: 2 });
});

it.each([
  [
    'two of one name',
    [
      { name: 'a', text: 'x' },
      { name: 'a', text: 'y' },
    ],
    'replies',
  ],
  ['an empty text', [{ name: 'a', text: ' ' }], 'replies.0.text'],
  ['a text longer than WhatsApp takes', [{ name: 'a', text: 'x'.repeat(4_097) }], 'replies.0.text'],
])('400 for %s', async (_, replies, path) => {
  const { status, body } = await ask('PUT', { replies });
  expect([status, body.errors[0].path]).toEqual([400, path]);
});
