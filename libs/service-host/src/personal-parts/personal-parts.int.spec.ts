import { ContactErased, TemplatePaused } from '@postrider/event-contracts';
import { eventually } from '@postrider/test-backends';
import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { Person } from './erasures';
import { defaultWorkspaceId } from '../http/api-keys';
import { noteService } from '../testing/note-service';
import { testMasterKey, testService, type TestService } from '../testing/test-service';

const words = 'the words of anna';
let service: TestService;
afterEach(() => service.close());

const meta = { workspaceId: defaultWorkspaceId, actor: 'spec', correlationId: 'spec', aliasKeys: ['p.anna'] };
const paused = () => ({
  ...TemplatePaused.of({ templateId: v7(), because: 'spec' } as never),
  at: service.clock.now(),
  personal: { words },
});
const say = async (): Promise<string> => {
  const streamId = v7();
  await service.log.append([{ streamId, expectedVersion: 'any', orderingKey: 'p.anna', events: [paused()], meta }]);
  return streamId;
};
const stored = async (): Promise<string> => {
  const { rows } = await service.host.pool.query<{ personal: Buffer }>(
    'select personal from log.event where personal is not null',
  );
  return rows.map(({ personal }) => personal.toString('latin1')).join();
};
const eraseAnna = (contactId: string) =>
  service.logs.get('dispatch')!.append([
    {
      ...{ streamId: contactId, expectedVersion: 'any', orderingKey: 'p.anna', meta },
      events: [{ ...ContactErased.of({ contactId, suppressionHashes: ['p.anna'] }), at: service.clock.now() }],
    },
  ]);

describe('personal parts of a service', () => {
  it('lie sealed, and those stored before are sealed once, parked ones too', async () => {
    service = await testService(noteService());
    const { pool } = service.host;
    const streamId = await say();
    expect(await stored()).not.toContain(words);
    const open = Buffer.from(JSON.stringify({ words }));
    // Each start looks through what was stored; this one's look must be over before there is something to find.
    await eventually(async () => {
      const done = `select from log.checkpoint where reader = 'templates:seal-stored' and shard = -1`;
      expect((await pool.query(done)).rowCount).toBe(1);
    });
    await pool.query('update log.event set personal = $1', [open]);
    await pool.query(`delete from log.checkpoint where reader = 'templates:seal-stored'`);
    const [event] = await service.log.readStream(streamId);
    await pool.query(
      `insert into bus.parked (reader, source, shard, position, ordering_key, type, event, personal, attempts, parked_at)
       values ('templates:paused', 'templates', 0, 1, 'p.anna', 'TemplatePaused', $1, $2, 1, now())`,
      [JSON.stringify({ ...event, personal: undefined }), open],
    );
    const { databaseUrl } = { databaseUrl: pool.options.connectionString! };
    await service.close();

    service = await testService(noteService(), { databaseUrl });
    await eventually(async () => expect(await stored()).not.toContain(words));
    await eventually(async () => {
      const { rows } = await service.host.pool.query<{ personal: Buffer }>('select personal from bus.parked');
      expect(rows[0]?.personal.toString('latin1')).not.toContain(words);
    });
    expect((await service.log.readStream(streamId))[0]?.personal).toEqual({ words });
  });

  it('are wrapped anew under a new master key, after which the one before is not needed', async () => {
    service = await testService(noteService());
    const streamId = await say();
    const databaseUrl = service.host.pool.options.connectionString!;
    await service.close();
    const next = randomBytes(32).toString('base64');
    const both = { POSTRIDER_MASTER_KEY: next, POSTRIDER_MASTER_KEY_PREVIOUS: testMasterKey };
    service = await testService(noteService(), { databaseUrl, env: both });
    expect((await service.log.readStream(streamId))[0]?.personal).toEqual({ words });
    const prefix = service.host.keys.boxPrefix;
    await eventually(async () => {
      const { rows } = await service.host.pool.query<{ wrapped: Buffer }>('select wrapped from log.part_key');
      expect(rows.map(({ wrapped }) => wrapped.subarray(0, prefix.length))).toEqual(rows.map(() => prefix));
    });
    await service.close();
    service = await testService(noteService(), { databaseUrl, env: { POSTRIDER_MASTER_KEY: next } });
    expect((await service.log.readStream(streamId))[0]?.personal).toEqual({ words });
  });

  it('end with the erasure of the person; the service forgets at once, and once more a minute later', async () => {
    const [rows, things]: [Person[], Person[]] = [[], []];
    const base = noteService();
    service = await testService({
      ...base,
      compose: async (host) => ({
        ...(await base.compose(host)),
        forgetting: {
          rows: async (person) => void rows.push(person),
          things: async (person) => void things.push(person),
        },
      }),
    });
    const streamId = await say();
    const contactId = v7();
    await eraseAnna(contactId);
    await eventually(async () => expect((await service.log.readStream(streamId))[0]).toMatchObject({ erased: true }));
    await eventually(() => expect([rows.length, things.length]).toEqual([2, 1]));
    expect(rows[0]).toEqual({ workspaceId: defaultWorkspaceId, contactId, aliasKeys: ['p.anna'] });
    service.clock.advance(60_000);
    await eventually(() => expect([rows.length, things.length]).toEqual([3, 2]));
    const { rows: left } = await service.host.pool.query(
      `select from log.part_key where subject = 'p.anna' and wrapped is not null`,
    );
    expect(left).toEqual([]);
  });

  it('are opened for whoever reads the topics and has the scope, in their own workspace, until the erasure', async () => {
    service = await testService(noteService());
    const streamId = await say();
    const [event] = await service.log.readStream(streamId);
    const [record] = await service.log.readSealed(event!.shard, event!.position - 1, 1);
    const sealed = Buffer.from(record!.sealed!).toString('base64');
    const ask = (id: string, part = sealed, headers = {}) =>
      service.ask('POST', '/v1/personal-parts/templates', { parts: [{ id, sealed: part }] }, headers);
    expect((await ask(event!.id)).body).toEqual({ parts: [{ id: event!.id, personal: { words } }] });
    const other = v7();
    expect((await ask(other)).body).toEqual({ parts: [{ id: other, unreadable: true }] });
    expect((await ask(event!.id, 'A'.repeat(80))).body).toEqual({ parts: [{ id: event!.id, unreadable: true }] });
    expect((await ask(event!.id, 'no base64!')).status).toBe(400);
    await eraseAnna(v7());
    await eventually(async () =>
      expect((await ask(event!.id)).body).toEqual({ parts: [{ id: event!.id, erased: true }] }),
    );
  });
});
