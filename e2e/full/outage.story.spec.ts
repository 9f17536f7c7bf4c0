import { setTimeout as pause } from 'node:timers/promises';
import { eventually, ownPostgres, type OwnPostgres } from '@postrider/test-backends';
import { bucketsOf } from '../platform/buckets';
import { startMetaAlone, type MetaAlone } from '../platform/meta-alone';
import { startPostrider, type Postrider } from '../platform/postrider';
import { allMessages, openShop, readers, requestAll } from '../platform/shop';

const outageMs = 60_000;
const writers = 40;
const patience = { withinMs: 120_000, everyMs: 250 };

interface Delivery {
  readonly id: number;
  readonly state: string;
  readonly attempts: readonly { readonly status: number | null }[];
}

/** People who write all the while, twenty words a second between them. */
function writing(meta: MetaAlone) {
  const said = new Map<string, string>();
  let going = true;
  const done = (async () => {
    for (let count = 0; going; count++, await pause(50)) {
      const from = `4915777${String(count % writers).padStart(6, '0')}`;
      const message = { type: 'text', text: { body: `word ${count}` } };
      const { body } = await meta.call('POST', '/_sim/inbound', { phoneNumberId: '3000000000000001', from, message });
      said.set(body.wamid, from);
    }
  })();
  // Told where it is awaited.
  done.catch(() => undefined);
  return {
    said,
    async end(): Promise<void> {
      going = false;
      await done;
    },
  };
}

describe('a database that is away for a minute under load', () => {
  let meta: MetaAlone;
  let database: OwnPostgres;
  let postrider: Postrider;
  beforeAll(async () => {
    [meta, database] = await Promise.all([startMetaAlone(), ownPostgres()]);
    // What is sent now is reported on while the database is away, and what is refused comes again every few seconds.
    await meta.settings({ sentMs: 15_000, deliveredMs: 30_000, readMs: 45_000, webhookRetryMaxMs: 5_000 });
    postrider = await startPostrider({ env: { POSTRIDER_SIMULATOR: '0', DATABASE_URL: database.url } });
    await openShop(postrider.call, meta.url);
  });
  afterAll(async () => {
    await postrider?.stop();
    await Promise.all([meta?.stop(), database?.stop()]);
  });

  const deliveries = async (): Promise<readonly Delivery[]> =>
    (await meta.call('GET', '/_sim/deliveries?limit=20000')).body.data as unknown as readonly Delivery[];
  /** Where the machine is so busy that Meta did not wait for one, there is none. */
  const answersIn = (given: readonly Delivery[]) =>
    new Set(given.flatMap(({ attempts }) => attempts.flatMap(({ status }) => status ?? [])));

  it('costs 503s, and then all of what Meta repeats lands, once', async () => {
    const phones = readers(300, 0);
    await requestAll(postrider.call, phones);
    await eventually(async () => expect((await meta.taken()).size).toBe(phones.length), patience);
    const conversation = writing(meta);
    await eventually(() => expect(conversation.said.size).toBeGreaterThan(40), patience);

    await database.stop();
    await pause(outageMs);
    const refused = (await deliveries()).filter(({ state }) => state === 'retrying');
    expect(refused.length).toBeGreaterThan(100);
    expect(answersIn(refused)).toEqual(new Set([503]));
    await database.start();

    const saidBefore = conversation.said.size;
    await eventually(() => expect(conversation.said.size).toBeGreaterThan(saidBefore + 100), patience);
    await conversation.end();
    await eventually(async () => {
      const open = (await deliveries()).filter(({ state }) => state !== 'delivered');
      expect(open).toEqual([]);
    }, patience);
    expect(answersIn(await deliveries())).toEqual(new Set([503, 200]));

    await eventually(async () => {
      const messages = await allMessages(postrider.call);
      expect(messages.filter(({ state }) => state !== 'read').map(({ id, state }) => `${id} ${state}`)).toEqual([]);
      const buckets = bucketsOf((await postrider.call('GET', '/v1/reports/delivery')).body);
      const all = phones.length;
      expect(buckets).toMatchObject({ targeted: all, sent: all, delivered: all, read: all, pending: 0, unknown: 0 });
    }, patience);
    expect([...(await meta.taken()).values()].filter((times) => times !== 1)).toEqual([]);

    const heard = await eventually(async () => {
      const transcripts = await heardOf(postrider);
      expect(transcripts.length).toBeGreaterThanOrEqual(conversation.said.size);
      return transcripts;
    }, patience);
    expect([...heard].sort()).toEqual([...conversation.said.keys()].sort());
  });
});

/** The wamids of all that people wrote, each as often as it stands in a transcript. */
async function heardOf({ call }: Postrider): Promise<string[]> {
  const { body } = await call('GET', '/v1/conversations?window=open&limit=500');
  const transcripts = await Promise.all(
    body.data.map(async ({ id }) => (await call('GET', `/v1/conversations/${id}`)).body.transcript),
  );
  return transcripts.flat().flatMap(({ direction, wamid }) => (direction === 'in' ? [wamid] : []));
}
