import {
  BusinessAccountConnected,
  ContactSeen,
  IdentityLinked,
  MessagingLimitChanged,
  type RecordedEvent,
} from '@postrider/event-contracts';
import { isPassingFailure } from '@postrider/event-store';
import { inTransaction, type Fold, type Tx } from '@postrider/messaging';
import { eventually } from '@postrider/test-backends';
import fc from 'fast-check';
import { setTimeout as delay } from 'node:timers/promises';
import { v7 } from 'uuid';
import { whenContactChanged } from '../contact/when-contact-changed';
import { Openings1767398400012 } from '../migrations/12-openings.migration';
import { whenConfigurationChanged } from '../local-copies/when-configuration-changed';
import { claimAll } from '../policies/claim-all';
import { enterWaiting } from '../policies/count-sent.sql';
import { forgetSent } from '../policies/forget-sent';
import { settleAll } from '../policies/settle-all';
import { whenPolicyChanged } from '../policies/when-policy-changed';
import { startDispatch, workspaceId, type Started } from '../testing/set-up';
import { drawOpenings } from './keep-openings';
import { findPortfolioUse, shareOpenings } from './openings.sql';

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
});
afterAll(() => started.service.close());

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = new Date('2026-03-15T12:01:31Z');
const later = (ms: number): Date => new Date(now.getTime() + ms);

/** The slow way: every message of the day. */
const addedUp = `
  with people as (
    select coalesce(mine.person_id, sent.contact_id) as person_id, max(sent.at) as last_at
      from sent join known_account account using (account_id) left join contact mine using (contact_id)
     where account.portfolio_id = $2 and sent.is_template and sent.at > $1::timestamptz - interval '24 hours'
       and not (sent.message_id = any($4))
       and (sent.state = 'sent' or (sent.state = 'reserved' and sent.at > $1::timestamptz - interval '10 minutes'))
     group by 1)
  select count(*)::int as used, min(last_at) as first_at,
         coalesce(array_agg(person_id) filter (where person_id = any($3::uuid[])), '{}') as asked
    from people`;

const portfolios = ['portfolio one', 'portfolio two'];
const accounts = Array.from({ length: 3 }, () => v7());
/** The last is not known yet, as its messages may be counted before it is entered. */
const contacts = Array.from({ length: 6 }, () => v7());
const messages = Array.from({ length: 18 }, (_, at) => ({
  id: v7(),
  contactId: contacts[at % 6]!,
  accountId: accounts[at % 3 === 2 ? 2 : at % 2]!,
}));

const some = fc.subarray(messages, { minLength: 1 });
const at = fc
  .constantFrom(-day - 1, -day, -day + 2_000, -day + 20_000, -day + 20 * minute, -23 * hour, -hour, -minute, 0)
  .map(later);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('claim' as const), of: some, at, template: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('settle' as const),
      ...{ of: some, at, state: fc.constantFrom('sent', 'sent', 'back') },
    }),
  },
  fc.record({ does: fc.constant('merge' as const), contacts: fc.subarray(contacts, { minLength: 2, maxLength: 2 }) }),
  fc.record({ does: fc.constant('split' as const) }),
  fc.record({ does: fc.constant('connect' as const), account: fc.nat(2), portfolio: fc.nat(1) }),
  fc.record({ does: fc.constant('limit' as const), portfolio: fc.nat(1), limit: fc.constantFrom(null, 5, 7) }),
  fc.record({ does: fc.constant('draw together' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const heard = (event: { type: string; data: unknown }, aliasKeys: readonly string[] = []): RecordedEvent =>
  ({ ...event, workspaceId, aliasKeys, orderingKey: aliasKeys[0] ?? '' }) as unknown as RecordedEvent;
const folds: Record<'contacts' | 'configuration' | 'policies', Fold> = {
  contacts: whenContactChanged(),
  configuration: whenConfigurationChanged(),
  policies: whenPolicyChanged(),
};
const seen = (contactId: string, aliasKeys: readonly string[]) =>
  heard(ContactSeen.of({ contactId, via: 'api' }), aliasKeys);
const connected = (accountId: string, portfolioId: string) =>
  heard(
    BusinessAccountConnected.of({
      ...{ accountId, portfolioId, name: 'one', wabaId: accountId, appId: '1', graphUrl: 'http://127.0.0.1:1' },
      ...{ checks: [], credentialsVersion: 1 },
    }),
  );
const limited = (portfolioId: string, limit: number | null) =>
  heard(MessagingLimitChanged.of({ portfolioId, limit, tier: 'TIER' }));

function columnsOf(of: readonly (typeof messages)[number][], one: { at: Date; template: boolean; version: number }) {
  const all = <T>(value: T): T[] => of.map(() => value);
  return [
    ...[of.map(({ id }) => id), all(workspaceId), of.map(({ contactId }) => contactId), all(v7())],
    ...[of.map(({ accountId }) => accountId), all('marketing'), all(one.template), all(null), all(one.at)],
    all(one.version),
  ];
}

let version = 0;
async function take(one: Step, tx: Tx): Promise<unknown> {
  switch (one.does) {
    case 'claim': {
      await tx.query(shareOpenings);
      return claimAll(tx, [...columnsOf(one.of, { ...one, version: ++version }), one.of.map(() => 0)]);
    }
    case 'settle': {
      const all = <T>(value: T): T[] => one.of.map(() => value);
      return settleAll(tx, [one.of.map(({ id }) => id), all(one.state), all(one.at), all(++version)]);
    }
    case 'merge': {
      const [holder, claimant] = one.contacts as [string, string];
      const link = IdentityLinked.of({ contactId: claimant, aliasKey: `k ${holder}`, because: 'spec' });
      const known = [holder, claimant].map((contact) => seen(contact, [`k ${contact}`]));
      return folds.contacts.handle([...known, heard(link)], tx);
    }
    case 'split':
      // As a rebuild would leave it that finds nobody to be somebody else.
      return folds.contacts.swap!(tx, async () => void (await tx.query('update contact set person_id = contact_id')));
    case 'connect':
      return folds.configuration.handle([connected(accounts[one.account]!, portfolios[one.portfolio]!)], tx);
    case 'limit':
      return folds.policies.handle([limited(portfolios[one.portfolio]!, one.limit)], tx);
    case 'draw together':
      return drawOpenings(tx, '0');
  }
}

/** Transactions that meet in a circle are ended by the server one at a time, and done again, as folds and senders do. */
async function takeAgain(one: Step): Promise<unknown> {
  for (;;) {
    try {
      return await inTransaction(started.service.host.pool, (tx) => take(one, tx));
    } catch (error) {
      if (!isPassingFailure(error)) throw error;
    }
  }
}

async function begin(): Promise<void> {
  const { pool } = started.service.host;
  await pool.query('truncate sent, opened, opened_count, contact, contact_alias, known_account, known_portfolio');
  await inTransaction(pool, async (tx) => {
    await folds.contacts.handle(
      contacts.slice(0, -1).map((contact) => seen(contact, [`k ${contact}`])),
      tx,
    );
    await folds.configuration.handle(
      accounts.map((account, place) => connected(account, portfolios[place === 2 ? 1 : 0]!)),
      tx,
    );
    await folds.policies.handle(
      portfolios.map((portfolio) => limited(portfolio, 5)),
      tx,
    );
    await tx.query(enterWaiting, columnsOf(messages.slice(9), { at: later(-day), template: true, version: 0 }));
  });
}

async function expectTheSame(moment: Date, own: readonly string[]): Promise<void> {
  const { pool } = started.service.host;
  const known = await pool.query<{ portfolio_id: string }>(
    'select portfolio_id from known_portfolio where messaging_limit is not null',
  );
  for (const { portfolio_id: portfolio } of known.rows) {
    const values = [moment, portfolio, contacts.slice(0, 4), own];
    const [quick, slow] = await Promise.all([pool.query(findPortfolioUse, values), pool.query(addedUp, values)]);
    const [of, as] = [quick, slow].map(({ rows }) => ({ ...rows[0], asked: [...rows[0].asked].sort() }));
    expect(of).toEqual(as);
  }
}

describe('whom a portfolio opened conversations with', () => {
  it('is what every message adds up to, after whatever happens at once, in whatever order', async () => {
    let most = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { maxLength: 8 }),
        fc.subarray([0, 3_000, 5 * minute, 10 * minute, hour, 23 * hour, day - 2_000, day].map(later), {
          ...{ minLength: 2, maxLength: 3 },
        }),
        some,
        async (rounds, moments, own) => {
          await begin();
          for (const round of rounds) {
            await Promise.all(round.map(takeAgain));
            for (const moment of moments)
              for (const asked of [[], own.map(({ id }) => id)]) await expectTheSame(moment, asked);
            const { rows } = await started.service.host.pool.query(addedUp, [now, portfolios[0], [], []]);
            most = Math.max(most, rows[0].used as number);
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(most).toBeGreaterThan(3);
  });

  /** Everybody was written to, and two turned out to be one. */
  async function aDay(): Promise<void> {
    await begin();
    await takeAgain({ does: 'settle', of: messages.slice(9), at: now, state: 'sent' });
    await takeAgain({ does: 'merge', contacts: [contacts[0]!, contacts[1]!] });
  }
  const used = async () => {
    const values = [now, portfolios[0], [], []];
    return ((await started.service.host.pool.query(findPortfolioUse, values)).rows[0] as { used: number }).used;
  };

  it('is carried over from what was sent before there was a book', async () => {
    await aDay();
    const runner = started.service.host.database.createQueryRunner();
    await new Openings1767398400012().down(runner);
    await new Openings1767398400012().up(runner);
    await runner.release();
    expect(await used()).toBe(3);
    await expectTheSame(now, []);
  });

  it('goes by who is who after a rebuild, from the moment that it serves', async () => {
    await aDay();
    expect(await used()).toBe(3);
    // The log knows of none of these contacts, so none of them is another's.
    const { body } = await started.service.ask('POST', '/v1/operations/projections/dispatch:contacts/rebuild');
    await eventually(
      async () => {
        expect((await started.service.ask('GET', `/v1/operations/${body.id}`)).body.state).toBe('done');
        expect(await used()).toBe(4);
      },
      { withinMs: 30_000 },
    );
    await expectTheSame(now, []);
  });

  it('is forgotten of a portfolio with what is being drawn together at that moment', async () => {
    const { pool } = started.service.host;
    await begin();
    for (const one of messages.slice(9)) await takeAgain({ does: 'settle', of: [one], at: now, state: 'sent' });
    let forgetting: Promise<unknown> | undefined;
    await inTransaction(pool, async (tx) => {
      await drawOpenings(tx, '0');
      forgetting = takeAgain({ does: 'connect', account: 2, portfolio: 0 });
      await delay(300);
    });
    await forgetting;
    const booked = `select coalesce(sum(people), 0)::int as people from opened_count where portfolio_id = $1 and seconds = 5`;
    expect((await pool.query(booked, [portfolios[0]])).rows).toEqual([{ people: await used() }]);
    await expectTheSame(now, []);
  });

  it('is drawn together to an entry for each span, and forgotten after two days', async () => {
    const { pool } = started.service.host;
    await begin();
    for (const of of messages.filter(({ accountId }) => accountId !== accounts[2]).map((one) => [one])) {
      await takeAgain({ does: 'claim', of, at: now, template: true });
      await takeAgain({ does: 'settle', of, at: now, state: 'sent' });
    }
    const entries = async () => (await pool.query('select seconds, people from opened_count order by 1')).rows;
    expect((await entries()).length).toBeGreaterThan(2);
    await inTransaction(pool, (tx) => drawOpenings(tx, '0'));
    expect(await entries()).toEqual([
      { seconds: 5, people: '4' },
      { seconds: 900, people: '4' },
    ]);
    await forgetSent({ pool, clock: { now: () => later(2 * day - hour), monotonicMs: () => 0 } });
    expect(await entries()).toHaveLength(2);
    await forgetSent({ pool, clock: { now: () => later(2 * day + hour), monotonicMs: () => 0 } });
    expect([await entries(), (await pool.query('select from opened')).rowCount]).toEqual([[], 0]);
  });
});
