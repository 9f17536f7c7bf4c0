import { testPostgres } from '@postrider/test-backends';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { Problem, unavailable } from '../http/problem';
import { testClock } from '../testing/test-clock';
import { postgresClaims, type Answer, type Claims } from './claims';
import { idempotentRequests } from './idempotent';
import { IdempotencyKey1767225600001 } from './idempotency-key.migration';

const caller = { workspaceId: '01900000-0000-7000-8000-000000000001' };
const scope = 'POST /v1/things';
const weekMs = 7 * 24 * 3_600_000;
const clock = testClock();
let pool: Pool;
let claims: Claims;

beforeAll(async () => {
  const url = await (await testPostgres()).newDatabase('idempotency');
  const source = new DataSource({ type: 'postgres', url, migrations: [IdempotencyKey1767225600001] });
  await source.initialize();
  await source.runMigrations();
  await source.destroy();
  pool = new Pool({ connectionString: url });
  claims = postgresClaims(pool, clock);
});
afterAll(() => pool.end());

let keys = 0;
const newKey = () => `key-${(keys += 1)}`;
/** Another process, which shares the database and nothing else. */
const aProcess = () => idempotentRequests(claims);
const made = (id: string): Answer => ({ status: 201, body: { id } });

describe('a key that comes again', () => {
  it('gives the first answer, and does the work once', async () => {
    const key = newKey();
    const run = jest.fn((id: string) => Promise.resolve(made(id)));
    const first = await aProcess()(caller, scope, key, { a: 1, b: [1] }, run);
    const again = await aProcess()(caller, scope, key, { b: [1], a: 1 }, run);
    expect(again).toEqual(first);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('gives a refusal again', async () => {
    const key = newKey();
    const run = jest.fn(() => Promise.reject(new Problem('window-closed', 'closed', { messageId: '7' })));
    const first = await aProcess()(caller, scope, key, {}, run);
    expect(first).toMatchObject({ status: 422, body: { code: 'window-closed', messageId: '7' } });
    expect(await aProcess()(caller, scope, key, {}, run)).toEqual(first);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('goes on under the same id after a failure of ours', async () => {
    const key = newKey();
    const ids: string[] = [];
    await expect(
      aProcess()(caller, scope, key, {}, (id) => {
        ids.push(id);
        return Promise.reject(unavailable('the database is down'));
      }),
    ).rejects.toMatchObject({ code: 'unavailable' });
    const answer = await aProcess()(caller, scope, key, {}, (id) => Promise.resolve(made(id)));
    expect(answer).toEqual(made(ids[0]!));
  });

  it('goes on under the same id after a crash between claim and completion', async () => {
    const key = newKey();
    const [claim] = await claims.claim({ ...caller, scope }, [{ key, body: { n: 1 } }]);
    expect(claim).toMatchObject({ kind: 'open' });
    expect(await aProcess()(caller, scope, key, { n: 1 }, (id) => Promise.resolve(made(id)))).toEqual(made(claim!.id));
  });

  it('is refused with another body, also while the first is under way', async () => {
    const key = newKey();
    await claims.claim({ ...caller, scope }, [{ key, body: { n: 1 } }]);
    const other = aProcess()(caller, scope, key, { n: 2 }, (id) => Promise.resolve(made(id)));
    await expect(other).rejects.toMatchObject({ code: 'idempotency-key-reused', status: 422 });
  });

  it('is another one in another workspace or on another route', async () => {
    const key = newKey();
    const other = { workspaceId: '01900000-0000-7000-8000-000000000002' };
    const run = (id: string) => Promise.resolve(made(id));
    const answers = [
      await aProcess()(caller, scope, key, {}, run),
      await aProcess()(other, scope, key, { other: 'body' }, run),
      await aProcess()(caller, 'POST /v1/others', key, { other: 'body' }, run),
    ];
    expect(new Set(answers.map(({ body }) => (body as { id: string }).id)).size).toBe(3);
  });

  it('begins anew when its seven days are over', async () => {
    const key = newKey();
    const run = jest.fn((id: string) => Promise.resolve(made(id)));
    const first = await aProcess()(caller, scope, key, {}, run);
    clock.advance(weekMs);
    const later = await aProcess()(caller, scope, key, { another: 'body' }, run);
    expect(later).not.toEqual(first);
  });
});

describe('two requests at once with one key', () => {
  it('do the work once in one process', async () => {
    const idempotent = aProcess();
    const run = jest.fn(async (id: string) => made(id));
    const key = newKey();
    const answers = await Promise.all([1, 2, 3].map(() => idempotent(caller, scope, key, { n: 1 }, run)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('give one answer from two processes', async () => {
    const key = newKey();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        aProcess()(caller, scope, key, {}, (id) => Promise.resolve({ status: 201, body: { id, n } })),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});

describe('many keys at once', () => {
  it('are claimed and completed together, each with its own answer', async () => {
    const where = { ...caller, scope: 'commands' };
    const requests = Array.from({ length: 50 }, () => ({ key: newKey(), body: { n: keys } }));
    const open = await claims.claim(where, requests);
    const answers = open.map(({ id }, n) => ({ key: requests[n]!.key, id, answer: { status: 202, body: n } }));
    expect((await claims.complete(where, answers)).size).toBe(50);
    expect((await claims.complete(where, answers)).size).toBe(0);
    const again = await claims.claim(where, requests);
    expect(again.map((claim) => claim.kind === 'answered' && claim.answer.body)).toEqual(answers.map((_, n) => n));
  });

  it('may name one key twice', async () => {
    const where = { ...caller, scope: 'commands' };
    const key = newKey();
    const [first, same, other] = await claims.claim(where, [
      { key, body: 1 },
      { key, body: 1 },
      { key, body: 2 },
    ]);
    expect(same).toEqual(first);
    expect(other).toMatchObject({ kind: 'reused' });
  });
});

it('forgets keys whose time is over, and no others', async () => {
  await claims.sweep();
  const key = newKey();
  await claims.claim({ ...caller, scope }, [{ key, body: {} }]);
  clock.advance(weekMs - 1);
  expect(await claims.sweep()).toBe(0);
  clock.advance(1);
  expect(await claims.sweep()).toBeGreaterThan(0);
});

it.each(['', 'x'.repeat(256)])('refuses a key of unusable length', async (key) => {
  const asked = aProcess()(caller, scope, key, {}, (id) => Promise.resolve(made(id)));
  await expect(asked).rejects.toMatchObject({ code: 'malformed', members: { errors: [{ path: 'Idempotency-Key' }] } });
});
