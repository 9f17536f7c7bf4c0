import {
  describeWithKafka,
  eventually,
  ownPostgres,
  testKafka,
  testPostgres,
  type OwnPostgres,
} from '@postrider/test-backends';
import { request } from 'undici';
import { serve } from './run-service';
import { noteService } from './testing/note-service';
import { testApiKey, testMasterKey } from './testing/test-service';

const nobodyThere = '127.0.0.1:9';
const environment = {
  PORT: '0',
  POSTRIDER_API_KEY: testApiKey,
  POSTRIDER_MASTER_KEY: testMasterKey,
  KAFKA_BROKERS: nobodyThere,
  LOG_LEVEL: 'silent',
};
const ask = async (url: string, method: 'GET' | 'POST' = 'GET', body?: object) => {
  const headers = { authorization: `Bearer ${testApiKey}`, 'content-type': 'application/json' };
  const answer = await request(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: answer.statusCode, body: (await answer.body.json()) as Record<string, unknown> };
};
const started = (env: Record<string, string>) => {
  const stop = new AbortController();
  let ended: Promise<void> = Promise.resolve();
  const url = new Promise<string>((resolve, reject) => {
    ended = serve(noteService(), { ...environment, ...env }, stop.signal, resolve);
    ended.catch(reject);
  });
  return {
    url,
    async stop() {
      stop.abort();
      await ended;
    },
  };
};

describe('the environment of a service by itself', () => {
  it.each([
    ['DATABASE_URL is missing', {}],
    ['DATABASE_URL is wrong', { DATABASE_URL: 'mysql://x' }],
    ['KAFKA_BROKERS is wrong', { DATABASE_URL: 'postgres://x/y', KAFKA_BROKERS: 'kafka' }],
    ['POSTRIDER_API_KEY is missing', { DATABASE_URL: 'postgres://x/y', POSTRIDER_API_KEY: '' }],
    ['POSTRIDER_MASTER_KEY is wrong', { DATABASE_URL: 'postgres://x/y', POSTRIDER_MASTER_KEY: 'c2hvcnQ=' }],
    ['DISPATCH_URL is wrong', { DATABASE_URL: 'postgres://x/y', DISPATCH_URL: 'dispatch' }],
  ])('stops the start with one line: %s', async (line, env) => {
    await expect(started(env as Record<string, string>).url).rejects.toThrow(line);
  });
});

describe('a service whose database is down at the start', () => {
  let postgres: OwnPostgres;
  let databaseUrl: string;
  beforeAll(async () => {
    postgres = await ownPostgres();
    databaseUrl = await postgres.newDatabase('late');
    await postgres.stop();
  });
  afterAll(() => postgres.stop());

  it('lives, says what it lacks, goes on when that comes, and can be stopped meanwhile', async () => {
    const service = started({ DATABASE_URL: databaseUrl });
    const url = await service.url;
    expect(await ask(`${url}/health/live`)).toMatchObject({ status: 200 });
    expect(await ask(`${url}/health/ready`)).toMatchObject({ status: 503, body: { missing: ['database', 'broker'] } });
    expect(await ask(`${url}/v1/notes`)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    await postgres.start();
    await eventually(
      async () => expect((await ask(`${url}/health/ready`)).body).toMatchObject({ missing: ['broker'] }),
      {
        withinMs: 10_000,
      },
    );
    await service.stop();
  });
});

describeWithKafka('a service by itself on Kafka', () => {
  it('serves, and stops cleanly', async () => {
    const DATABASE_URL = await (await testPostgres()).newDatabase('alone');
    const service = started({ DATABASE_URL, KAFKA_BROKERS: (await testKafka()).brokers.join(',') });
    const url = await service.url;
    await eventually(async () => expect((await ask(`${url}/health/ready`)).status).toBe(200), { withinMs: 30_000 });
    expect(await ask(`${url}/v1/notes`, 'POST', { text: 'x' })).toMatchObject({ status: 201 });
    await service.stop();
    await expect(ask(`${url}/health/live`)).rejects.toThrow();
  });
});
