import { isPassingFailure } from '@postrider/event-store';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { startDispatch, type Started } from '../testing/set-up';
import { claimAll } from './claim-all';
import { settleCount } from './count-sent.sql';
import { priceSent } from './price-sent.sql';
import { drawSpentTogether } from './spent.sql';
import { findSpend } from './usage.sql';

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
});
afterAll(() => started.service.close());

const hour = 3_600_000;
const monthStartsAt = new Date('2026-03-01T00:00:00Z');
const dayStartsAt = new Date('2026-03-15T00:00:00Z');
const now = new Date('2026-03-15T12:00:00Z');
const messages = Array.from({ length: 8 }, () => v7());

/** The slow way: every message of the month. */
const addedUp = `
  select coalesce(sum(price_micros), 0) as this_month,
         coalesce(sum(price_micros) filter (where at >= $4), 0) as today
    from sent
   where workspace_id = $2 and at >= $3 and not (message_id = any($5))
     and (state = 'sent' or (state = 'reserved' and at > $1::timestamptz - interval '10 minutes'))`;

const some = fc.subarray(messages, { minLength: 1 });
/** Before the month, before the day, today, just now. */
const at = fc.constantFrom(-20 * 24, -10, -1, -0.2, -0.1, 0).map((hours) => new Date(now.getTime() + hours * hour));
const step = fc.oneof(
  fc.record({ does: fc.constant('claim' as const), ids: some, at, micros: fc.nat(1_000) }),
  fc.record({ does: fc.constant('settle' as const), ids: some, at, state: fc.constantFrom('sent', 'back') }),
  fc.record({ does: fc.constant('price' as const), ids: some, micros: fc.nat(1_000) }),
  fc.record({ does: fc.constant('draw together' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

let version = 0;
async function take(workspaceId: string, one: Step): Promise<void> {
  const { pool } = started.service.host;
  if (one.does === 'draw together') return void (await pool.query(drawSpentTogether, ['0']));
  const { ids } = one;
  const all = <T>(value: T): T[] => ids.map(() => value);
  if (one.does === 'price') return void (await pool.query(priceSent, [ids, all(one.micros)]));
  version++;
  if (one.does === 'settle')
    return void (await pool.query(settleCount, [ids, all(one.state), all(one.at), all(version)]));
  const of = [all(workspaceId), all(v7()), all(v7()), all(v7()), all('marketing'), all(true), all(null)];
  await claimAll(pool, [ids, ...of, all(one.at), all(version), all(one.micros)]);
}

/** Statements that meet in a circle are ended by the server one at a time, and done again, as folds and senders do. */
async function takeAgain(workspaceId: string, one: Step): Promise<void> {
  for (;;) {
    try {
      return await take(workspaceId, one);
    } catch (error) {
      if (!isPassingFailure(error)) throw error;
    }
  }
}

describe('what is spent', () => {
  it('is what every message adds up to, after whatever happens at once, in whatever order', async () => {
    const { pool } = started.service.host;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { maxLength: 6 }),
        some,
        async (rounds, own) => {
          await pool.query('truncate sent, spent');
          const workspaceId = v7();
          for (const round of rounds) {
            await Promise.all(round.map((one) => takeAgain(workspaceId, one)));
            for (const asked of [[], own]) {
              const values = [now, workspaceId, monthStartsAt, dayStartsAt, asked];
              const [quick, slow] = await Promise.all([pool.query(findSpend, values), pool.query(addedUp, values)]);
              expect(quick.rows).toEqual(slow.rows);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is drawn together to an entry for each quarter of an hour', async () => {
    const { pool } = started.service.host;
    await pool.query('truncate sent, spent');
    const workspaceId = v7();
    for (const id of messages) {
      await take(workspaceId, { does: 'claim', ids: [id], at: now, micros: 5 });
      await take(workspaceId, { does: 'settle', ids: [id], at: now, state: 'sent' });
    }
    const entries = async () => (await pool.query('select quarter, micros from spent')).rows;
    expect(await entries()).toHaveLength(8);
    await pool.query(drawSpentTogether, ['0']);
    expect(await entries()).toEqual([{ quarter: now, micros: '40' }]);
  });
});
