import { eventually, freePorts } from '@postrider/test-backends';
import { databaseIn, holdCommits, holdNoCommits, type HeldCommits } from './held-commits';
import { lineToMeta, type LineToMeta } from './line-to-meta';
import { startMetaAlone, type MetaAlone } from './meta-alone';
import { makeDataDir, startPostrider, type Postrider } from './postrider';
import { allMessages, openShop } from './shop';

/** Short enough that a takeover does not make a test wait; the relation between them is the default's. */
const limits = { POSTRIDER_SEND_TIMEOUT_MS: '3000', POSTRIDER_SENDER_LEASE_MS: '5000' };

/** A Postrider that is killed and started again at the same address on the same data, and a Meta that outlives it. */
export interface CrashingShop {
  readonly meta: MetaAlone;
  readonly line: LineToMeta;
  running(): Postrider;
  crash(): Promise<void>;
  /** Ctrl-C; answers with the exit code. */
  stop(): Promise<number | null>;
  start(): Promise<void>;
  /** From now on commits of these events wait; until the next start. */
  hold(eventType: string, letThrough?: number): Promise<HeldCommits>;
  close(): Promise<void>;
}

export async function openCrashingShop(others: Record<string, string> = {}): Promise<CrashingShop> {
  const meta = await startMetaAlone();
  // Statuses come when the process that sent is dead and its heir is there; what is missed comes again soon.
  await meta.settings({ sentMs: 1_500, deliveredMs: 2_000, readMs: 2_500, webhookRetryMaxMs: 1_000 });
  const line = await lineToMeta(meta.url);
  const [port] = (await freePorts(1)) as [number];
  const dataDir = makeDataDir();
  const env = { PORT: `${port}`, POSTRIDER_SIMULATOR: '0', ...limits, ...others };
  let postrider = await startPostrider({ dataDir, env });
  await openShop(postrider.call, line.url);
  let held: HeldCommits | undefined;
  return {
    meta,
    line,
    running: () => postrider,
    async crash() {
      if (held) {
        // Else what waits could still commit when the server goes down after its owner. The process does not see it end.
        postrider.process.kill('SIGSTOP');
        await held.cutOff();
      }
      await postrider.crash();
    },
    stop: () => postrider.stop(),
    async start() {
      postrider = await startPostrider({ dataDir, env });
      // The server that waited with it is gone by now.
      await held?.release();
      if (held) await holdNoCommits(databaseIn(dataDir, 'dispatch'));
      held = undefined;
    },
    async hold(eventType, letThrough = 0) {
      // Where a test failed while it held some, the next one does not wait for it.
      await held?.release();
      held = await holdCommits(databaseIn(dataDir, 'dispatch'), { eventType, letThrough });
      return held;
    },
    async close() {
      await postrider.crash();
      await line.close();
      await meta.stop();
    },
  };
}

/** A Postrider, and what Meta says of it. */
export interface Witnessed {
  readonly meta: Pick<MetaAlone, 'taken'>;
  running(): Pick<Postrider, 'call'>;
}

/** What became of messages, side by side with how many of each Meta took. */
export interface Tally {
  readonly phone: string;
  readonly messageId: string;
  readonly state: string;
  readonly taken: number;
}

/**
 * Waits until each of these people has one message that is settled: read where Meta took it, and unknown where the crash
 * left it open whether it went. Fails at once where Meta took two.
 */
export function settled(shop: Witnessed, phones: readonly string[], withinMs = 45_000): Promise<Tally[]> {
  return eventually(
    async () => {
      const taken = await shop.meta.taken();
      const ours = new Set(phones);
      const messages = (await allMessages(shop.running().call)).filter(({ to }) => ours.has(to.phone));
      const tallies = messages.map(({ id, state, to: { phone } }) => {
        return { phone, messageId: id, state, taken: taken.get(phone.slice(1)) ?? 0 };
      });
      expect(tallies.filter((each) => each.taken > 1)).toEqual([]);
      expect(new Set(tallies.map(({ phone }) => phone)).size).toBe(phones.length);
      expect(tallies).toHaveLength(phones.length);
      const open = tallies.filter((each) => each.state !== (each.taken === 1 ? 'read' : 'unknown'));
      if (open.length > 0) throw new Error(`${open.length} are not settled, such as ${JSON.stringify(open[0])}`);
      return tallies;
    },
    { withinMs, everyMs: 250 },
  );
}
