import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ContactErased } from '@postrider/event-contracts';
import { aliasKey } from '@postrider/keys';
import { startSimulator, type RunningSimulator } from '@postrider/cloud-api-simulator';
import { cloudApi } from '@postrider/cloud-api-client';
import { testClock, testService, type TestService } from '@postrider/service-host';
import { eventually, runFolder } from '@postrider/test-backends';
import { change, delivery, entry, messagesChange, nowSeconds, phoneNumberId, textMessage } from '../testing/deliveries';
import { credentialsOf, signatureOf } from '../testing/signed';
import { webhooks } from '../webhooks.module';

let simulator: RunningSimulator;
let service: TestService;
let accessToken = 'simulator-token';
const clock = testClock(new Date(nowSeconds * 1_000));
const folder = mkdtempSync(join(runFolder(), 'media-'));

beforeAll(async () => {
  simulator = await startSimulator({ port: 0 });
  const credentials = () => credentialsOf({ graphUrl: simulator.url, accessToken });
  service = await testService(webhooks, {
    clock,
    env: { POSTRIDER_MEDIA_STORE: folder },
    internal: {
      allCredentials: () => Promise.resolve([credentials()]),
      credentials: () => Promise.resolve(credentials()),
    },
  });
});
afterAll(async () => {
  await service.close();
  await simulator.close();
});

async function uploaded(text: string): Promise<string> {
  const api = cloudApi({ graphUrl: simulator.url, accessToken: 'simulator-token' });
  return (await api.media.upload(phoneNumberId, { bytes: Buffer.from(text), mimeType: 'image/png', filename: 'a.png' }))
    .id;
}
async function sent(image: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<string> {
  const wamid = `wamid.${randomUUID()}`;
  const message = textMessage({ id: wamid, type: 'image', text: undefined, image, ...more });
  const payload = JSON.stringify(delivery(entry([messagesChange({ messages: [message] })])));
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(payload) };
  const answer = await service.fastify.inject({ method: 'POST', url: '/webhooks/meta', payload, headers });
  expect(answer.statusCode).toBe(200);
  return wamid;
}
/** What was told of the message's file. */
async function told(wamid: string): Promise<{ type: string; data: Record<string, unknown> } | undefined> {
  const all = (await Promise.all([0, 1, 2, 3].map((shard) => service.log.readShard(shard, 0, 1_000)))).flat();
  return all.find(
    ({ type, data }) => /^(Group)?Media/.test(type) && (data as { wamid: string }).wamid === wamid,
  ) as never;
}
const stored = (wamid: string) =>
  eventually(
    async () => {
      const event = await told(wamid);
      expect(event).toBeDefined();
      return event!;
    },
    { withinMs: 10_000 },
  );
async function forgotten(phone: string): Promise<void> {
  const contactId = randomUUID();
  const aliasKeys = [aliasKey(await service.host.internal.identitySecret(service.workspaceId), { phone })];
  await service.logs.get('dispatch')!.append([
    {
      ...{ streamId: contactId, expectedVersion: 'any', orderingKey: aliasKeys[0]! },
      events: [{ ...ContactErased.of({ contactId, suppressionHashes: aliasKeys }), at: clock.now() }],
      meta: { workspaceId: service.workspaceId, actor: 'spec', correlationId: 'spec', aliasKeys },
    },
  ]);
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

it('fetches a received file in two hops, checks its hash, keeps it and shows it', async () => {
  const mediaId = await uploaded('the picture');
  const event = await stored(await sent({ id: mediaId, mime_type: 'image/png', sha256: sha256('the picture') }));
  expect(event).toMatchObject({ type: 'MediaStored', data: { mediaId, mimeType: 'image/png', bytes: 11 } });
  const path = join(folder, event.data.objectKey as string);
  expect(existsSync(path)).toBe(true);
  expect(readdirSync(join(path, '..'))).toHaveLength(1);
  const shown = await service.ask('GET', `/v1/media/${mediaId}`);
  expect([shown.status, shown.body, shown.headers['content-type']]).toEqual([200, 'the picture', 'image/png']);
  expect((await service.ask('GET', '/v1/media/unknown')).status).toBe(404);
});

it('fetches by the id where the address of the webhook does not serve', async () => {
  const mediaId = await uploaded('by id');
  const url = `${simulator.url}/media-download/?mid=${mediaId}&ext=1`;
  expect((await stored(await sent({ id: mediaId, mime_type: 'image/png', sha256: sha256('by id'), url }))).type).toBe(
    'MediaStored',
  );
});

it('fetches the files of a group too; a person’s go when they are forgotten', async () => {
  const mediaId = await uploaded('in a group');
  const from = '15557654321';
  const wamid = await sent({ id: mediaId, sha256: sha256('in a group') }, { group_id: 'Y2FwaV9/+cm91cDox', from });
  const event = await stored(wamid);
  expect(event).toMatchObject({ type: 'GroupMediaStored', data: { groupId: 'Y2FwaV9/+cm91cDox', wamid, bytes: 10 } });
  expect(event.data).not.toHaveProperty('conversationId');
  expect((await service.ask('GET', `/v1/media/${mediaId}`)).body).toBe('in a group');
  expect(await stored(await sent({ id: '404405' }, { group_id: 'g' }))).toMatchObject({ type: 'GroupMediaFailed' });
  await forgotten(from);
  await eventually(async () => expect((await service.ask('GET', `/v1/media/${mediaId}`)).status).toBe(404));
  expect(existsSync(join(folder, event.data.objectKey as string))).toBe(false);
});

it('never sends the token to a host that is not allowed', async () => {
  const mediaId = await uploaded('elsewhere');
  const url = 'https://attacker.example/collect';
  expect((await stored(await sent({ id: mediaId, sha256: sha256('elsewhere'), url }))).type).toBe('MediaStored');
});

it('keeps nothing whose hash is wrong, and says so when no try is left', async () => {
  const wamid = await sent({ id: await uploaded('damaged'), sha256: sha256('whole') });
  for (const minutes of [0.5, 2, 10, 60, 360, 1_440, 2_880, 4_320]) {
    await eventually(
      async () => {
        const { rows } = await service.host.pool.query('select due_at from media_job where wamid = $1', [wamid]);
        expect(rows[0]).toEqual({ due_at: new Date(clock.now().getTime() + minutes * 60_000) });
      },
      { withinMs: 10_000 },
    );
    expect(await told(wamid)).toBeUndefined();
    clock.advance(73 * 3_600_000);
  }
  expect(await stored(wamid)).toMatchObject({
    type: 'MediaFailed',
    data: { final: true, because: expect.stringContaining('hash') },
  });
});

it('says at once that a file is lost which Meta does not know', async () => {
  expect(await stored(await sent({ id: '404404', sha256: sha256('') }))).toMatchObject({
    type: 'MediaFailed',
    data: { final: true },
  });
});

it('waits for a token that is refused', async () => {
  accessToken = 'refused';
  const mediaId = await uploaded('later');
  const wamid = await sent({ id: mediaId, sha256: sha256('later') });
  await eventually(
    async () => {
      const { rows } = await service.host.pool.query('select due_at from media_job where wamid = $1', [wamid]);
      expect(rows[0]).toEqual({ due_at: new Date(clock.now().getTime() + 30_000) });
    },
    { withinMs: 10_000 },
  );
  expect(await told(wamid)).toBeUndefined();
  accessToken = 'simulator-token';
  clock.advance(60_000);
  expect((await stored(wamid)).type).toBe('MediaStored');
});

it('what is no file at all is no job', async () => {
  const before = (await service.host.pool.query('select count(*) from media_job')).rows;
  await sent({ id: '../../etc/passwd' });
  const payload = JSON.stringify(delivery(entry([change('strange', { image: { id: '1' } })])));
  await service.fastify.inject({
    method: 'POST',
    url: '/webhooks/meta',
    payload,
    headers: { 'x-hub-signature-256': signatureOf(payload) },
  });
  await service.host.readers.caughtUp('webhooks:media-jobs', 'webhooks', 5_000);
  expect((await service.host.pool.query('select count(*) from media_job')).rows).toEqual(before);
});
