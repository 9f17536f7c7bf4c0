import type { FactsOfDelivery } from '../delivery/append-facts';
import { groupCommit, type ReadReceipt } from './group-commit';
import type { Receipt } from './write-receipts';

const delivery = (id: string, facts = 1, bytes = 10): ReadReceipt => ({
  ...{
    id,
    receivedAt: new Date(0),
    appId: 'app',
    workspaceIds: [],
    wabaIds: [],
    phoneNumberIds: [],
    quarantined: null,
  },
  facts: Array.from({ length: facts }, () => ({}) as ReadReceipt['facts'][number]),
  ...{ body: Buffer.alloc(bytes), bytes, aliasKeys: [] },
});

/** Remembers what was committed together, and refuses what it is told to. */
function recorder(refuse: (ids: readonly string[]) => Error | undefined = () => undefined) {
  const [receipts, facts]: [string[], string[]] = [[], []];
  const answer = async (ids: readonly string[]): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    const error = refuse(ids);
    if (error !== undefined) throw error;
  };
  const idsOf = (group: readonly (Receipt | FactsOfDelivery)[]): string[] => group.map(({ id }) => id);
  return {
    ...{ receipts, facts },
    ...groupCommit({
      receipts: (group) => (receipts.push(idsOf(group).join(' ')), answer([])),
      append: (group) => (facts.push(idsOf(group).join(' ')), answer(idsOf(group))),
    }),
  };
}

it('deliveries that come at once are committed together, and what comes meanwhile in the next group', async () => {
  const { commit, receipts, facts } = recorder();
  const first = [commit(delivery('a')), commit(delivery('b'))];
  while (facts.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([...first, commit(delivery('c')), commit(delivery('d'))]);
  expect([receipts, facts]).toEqual([
    ['a b', 'c d'],
    ['a b', 'c d'],
  ]);
});

it('a group is bounded in facts and bytes, but a delivery that is larger alone is taken', async () => {
  const { commit, facts } = recorder();
  const mb = 1024 * 1024;
  const given = [delivery('a', 1_500), delivery('b', 600), delivery('c', 1, 5 * mb), delivery('d', 1, 4 * mb)];
  await Promise.all([...given, delivery('e', 9_000)].map(commit));
  expect(facts).toEqual(['a', 'b c', 'd', 'e']);
});

it("one delivery's trouble is not the others'", async () => {
  const { commit } = recorder((ids) => (ids.includes('bad') ? new Error('a bad value') : undefined));
  const outcomes = await Promise.allSettled(['a', 'bad', 'c'].map((id) => commit(delivery(id))));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('while the database is away all of a group fail at once, and are not tried one by one', async () => {
  const { commit, facts } = recorder(() => Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
  const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((id) => commit(delivery(id))));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(facts).toEqual(['a b c']);
});
