import { createHash, randomBytes } from 'node:crypto';
import { startSimulator } from '@postrider/cloud-api-simulator';
import { eventually } from '@postrider/test-backends';
import { v7 } from 'uuid';
import { startSending, type Sending } from '../testing/sending';
import { sayInbound, workspaceId } from '../testing/set-up';

let sending: Sending;
beforeAll(async () => {
  sending = await startSending(await startSimulator({ port: 0 }));
});
afterAll(() => sending.close());
afterEach(() => sending.noFaults());

/** A PNG of one pixel, with as much behind it as is wanted. */
const picture = (bytes = 100): Buffer =>
  Buffer.concat([
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==',
      'base64',
    ),
    randomBytes(bytes),
  ]);

async function upload(file: Buffer, type = 'image/png', headers: Record<string, string> = {}) {
  const boundary = 'a-boundary';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: ${type}\r\n\r\n`;
  const answer = await sending.service.fastify.inject({
    method: 'POST',
    url: '/v1/media',
    headers: {
      authorization: 'Bearer test-api-key-of-all-scopes',
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...headers,
    },
    payload: Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
  return { status: answer.statusCode, body: JSON.parse(answer.body) as { id: string; code?: string; sha256?: string } };
}
async function openWindow(phone: string): Promise<void> {
  await sayInbound(sending.others, { phone: phone.slice(1) }, sending.clock.now());
}
const send = (phone: string, id: string) =>
  sending.service.ask('POST', '/v1/messages', {
    channel: 'demo-transactional',
    to: { phone },
    image: { id, caption: 'x' },
  });
const taken = ['MessageRequested', 'SendAttempted', 'MessageAccepted'];

it('keeps a file, sealed, and says what it kept', async () => {
  const file = picture(3_000_000);
  const { status, body } = await upload(file);
  expect(status).toBe(201);
  expect(body).toMatchObject({ sha256: createHash('sha256').update(file).digest('hex'), mimeType: 'image/png' });
  const { rows } = await sending.service.host.pool.query<{ sealed: Buffer }>(
    'select sealed from media_piece where media_id = $1',
    [body.id],
  );
  expect(rows).toHaveLength(3);
  expect(rows.some(({ sealed }) => sealed.includes(file.subarray(0, 30)))).toBe(false);
});

it('brings it to Meta once, however many messages show it', async () => {
  const { body: file } = await upload(picture());
  const phones = ['+4930555080', '+4930555081', '+4930555082'].map((start) => `${start}1`);
  const ids: string[] = [];
  for (const phone of phones) {
    await openWindow(phone);
    const { body } = await send(phone, file.id);
    ids.push(body.id);
  }
  for (const id of ids) await sending.becomes(id, ...taken);
  const shown = await Promise.all(phones.map(async (phone) => (await sending.atMeta(phone))[0]!.body.image));
  expect(new Set(shown.map((image) => (image as { id: string }).id)).size).toBe(1);
  expect(shown[0]).toEqual({ id: expect.stringMatching(/^\d+$/), caption: 'x' });
  const { rows } = await sending.service.host.pool.query('select 1 from media_at_meta where media_id = $1', [file.id]);
  expect(rows).toHaveLength(1);
});

it('lets others go while a file is on its way', async () => {
  const { body: file } = await upload(picture());
  await openWindow('+49305550850');
  await sending.fault({ on: 'media', kind: 'delay', delayMs: 1_500 });
  const { body: slow } = await send('+49305550850', file.id);
  await sending.becomes(await sending.send('+49305550851'), ...taken);
  expect((await sending.service.log.readStream(slow.id)).map(({ type }) => type)).toEqual(['MessageRequested']);
  await sending.becomes(slow.id, ...taken);
});

it('turns away a message that shows a file nobody gave', async () => {
  await openWindow('+49305550860');
  const { status, body } = await send('+49305550860', v7());
  expect([status, body.code]).toEqual([422, 'unknown-media']);
});

it('makes one file of an upload that comes twice under its key', async () => {
  const file = picture();
  const [first, second] = [
    await upload(file, 'image/png', { 'idempotency-key': 'm' }),
    await upload(file, 'image/png', { 'idempotency-key': 'm' }),
  ];
  expect(second.body).toEqual(first.body);
  await eventually(async () => {
    const { rows } = await sending.service.host.pool.query(
      'select distinct media_id from media_piece piece where not exists (select from media where media.media_id = piece.media_id)',
    );
    expect(rows).toEqual([]);
  });
});

it('refuses what Meta takes not, and what is no file', async () => {
  const large = await upload(picture(5 * 1024 * 1024));
  expect([large.status, large.body.code]).toEqual([413, 'too-large']);
  const { status, body } = await sending.service.ask('POST', '/v1/media', { file: 'x' });
  expect([status, body.code]).toEqual([400, 'malformed']);
});

it('forgets files whose time is over', async () => {
  const { body: file } = await upload(picture());
  sending.later(31 * 24 * 3_600_000);
  const { pool } = sending.service.host;
  const { mediaStore } = await import('../media/media-store');
  const store = mediaStore(sending.service.host);
  expect((await store.find(workspaceId, [file.id])).size).toBe(0);
  await store.sweep();
  expect((await pool.query('select 1 from media_piece')).rows).toEqual([]);
});
