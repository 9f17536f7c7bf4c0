import { embeddedBus } from '@postrider/messaging';
import { memoryLog, type EventLog } from '@postrider/event-store';
import { eventually, ownPostgres, testPostgres, type OwnPostgres } from '@postrider/test-backends';
import { serviceNames, type ServiceName } from '@postrider/event-contracts';
import { pino } from 'pino';
import { request } from 'undici';
import { openService, startService } from './open-service';
import type { RunningService } from './runtime';
import { fakeInternalCalls } from './testing/fake-internal-calls';
import { noteService } from './testing/note-service';
import { testApiKey, testMasterKey } from './testing/test-service';

const env = { POSTRIDER_API_KEY: testApiKey, POSTRIDER_MASTER_KEY: testMasterKey };
const logger = pino({ level: 'silent' });
const start = (databaseUrl: string, state = {}): Promise<RunningService> => {
  const logs = (log: EventLog): ReadonlyMap<ServiceName, EventLog> =>
    new Map([
      ...serviceNames.map((service) => [service, memoryLog({ service })] as const),
      ['templates' as const, log],
    ]);
  return startService(noteService(state), {
    env,
    databaseUrl,
    logger,
    listen: { host: '127.0.0.1', port: 0 },
    bus: (log) => embeddedBus(logs(log)),
    internal: fakeInternalCalls(logs(memoryLog({ service: 'templates' }))),
  });
};
const ask = async (url: string, options: { method?: 'POST'; body?: object } = {}) => {
  const headers = { authorization: `Bearer ${testApiKey}`, 'content-type': 'application/json' };
  const { method = 'GET', body } = options;
  const answer = await request(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: (await answer.body.json()) as Record<string, unknown>,
  };
};

describe('a running service', () => {
  it('lets a request at hand finish when it is stopped, ends its loops, and takes no more', async () => {
    const state: { loops?: number; stopped?: boolean } = {};
    const service = await start(await (await testPostgres()).newDatabase('stop'), state);
    const slow = ask(`${service.url}/v1/notes/slow`);
    await eventually(() => expect(state.loops).toBe(2), { withinMs: 5_000 });
    const another = ask(`${service.url}/v1/notes/slow`);
    await eventually(
      async () => {
        const { rows } = await service.host.pool.query(
          `select count(*)::int as n from pg_stat_activity where query like '%pg_sleep(0.3)%' and pid <> pg_backend_pid() and state = 'active'`,
        );
        expect((rows[0] as { n: number }).n).toBeGreaterThan(0);
      },
      { withinMs: 5_000 },
    );
    await service.close();
    expect(await slow).toMatchObject({ status: 200 });
    expect(await another).toMatchObject({ status: 200, body: { slow: true } });
    expect(state.stopped).toBe(true);
    await expect(ask(`${service.url}/health/live`)).rejects.toThrow();
  });
});

describe('a service whose database goes away', () => {
  let postgres: OwnPostgres;
  let service: RunningService;
  beforeAll(async () => {
    postgres = await ownPostgres();
    service = await start(await postgres.newDatabase('away'));
  });
  afterAll(async () => {
    await service.close(2_000);
    await postgres.stop();
  });

  it('is not ready and answers 503 with Retry-After, and serves again when it is back', async () => {
    expect((await ask(`${service.url}/health/ready`)).status).toBe(200);
    await postgres.stop();
    const ready = await ask(`${service.url}/health/ready`);
    expect(ready).toMatchObject({ status: 503, body: { status: 'not ready', missing: ['database'] } });
    const answer = await ask(`${service.url}/v1/notes`, { method: 'POST', body: { text: 'x' } });
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' }, headers: { 'retry-after': '1' } });
    expect((await ask(`${service.url}/health/live`)).status).toBe(200);
    await postgres.start();
    await eventually(async () => expect((await ask(`${service.url}/v1/notes`)).status).toBe(200), { withinMs: 15_000 });
  });
});

describe('opening', () => {
  it('brings a fresh database up to date once, however many processes start at the same time', async () => {
    const databaseUrl = await (await testPostgres()).newDatabase('race');
    const opened = await Promise.all([1, 2, 3].map(() => openService(noteService(), { env, databaseUrl, logger })));
    const { rows } = await opened[0]!.pool.query<{ name: string }>('select name from migration');
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    expect(rows.map(({ name }) => name)).toContain('Notes1767225700001');
    await Promise.all(opened.map((one) => one.close()));
  });

  it('finds what is there on the next start', async () => {
    const databaseUrl = await (await testPostgres()).newDatabase('again');
    const first = await start(databaseUrl);
    const { body } = await ask(`${first.url}/v1/notes`, { method: 'POST', body: { text: 'kept' } });
    await first.close();
    const second = await start(databaseUrl);
    expect((await ask(`${second.url}/v1/notes/${String(body.id)}`)).body).toMatchObject({ text: 'kept' });
    await second.close();
  });

  it('names the variable that is wrong', async () => {
    await expect(openService(noteService(), { env: {} })).rejects.toThrow('POSTRIDER_MASTER_KEY is missing');
    await expect(openService(noteService(), { env })).rejects.toThrow('DATABASE_URL is missing');
  });
});
