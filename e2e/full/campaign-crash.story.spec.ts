import { describeWithOwnKafka } from '@postrider/test-backends';
import { openCrashingShop } from '../platform/crashing-shop';
import { startDistributed } from '../platform/distributed';
import { runThroughKills } from '../platform/killed-campaign';
import { openShop, readers } from '../platform/shop';

/** Minutes each, and more of them on a busy machine. */
jest.setTimeout(1_800_000);

/** A kill, and what follows from it, takes as long however many people there are; `CAMPAIGN_PEOPLE=10000` makes both the whole ten thousand. */
const asked = process.env['CAMPAIGN_PEOPLE'];
const peopleOf = (usually: number): readonly string[] => readers(Number(asked ?? usually), 0);
/** Short, so that what a crash left open is settled while the test looks on; the relation between them is the default's. */
const limits = {
  POSTRIDER_SEND_TIMEOUT_MS: '3000',
  POSTRIDER_SENDER_LEASE_MS: '5000',
  POSTRIDER_UNKNOWN_PATIENCE_MS: '15000',
  POSTRIDER_COMMAND_PATIENCE_MS: '3000',
};

describe('a campaign, with kill -9 at ten moments,', () => {
  it('in one process: nobody twice, nobody lost, the figures adding up at every moment', async () => {
    const shop = await openCrashingShop(limits);
    try {
      const { samples } = await runThroughKills(
        {
          call: () => shop.running().call,
          taken: () => shop.meta.taken(),
          async kill() {
            await shop.crash();
            await shop.start();
          },
        },
        peopleOf(3_000),
      );
      expect(samples).toBeGreaterThan(30);
    } finally {
      await shop.close();
    }
  });
});

describeWithOwnKafka('a campaign on Kafka, with kill -9 of its services at ten moments,', () => {
  it('of journeys, of dispatch and of both: nobody twice, nobody lost, the figures adding up', async () => {
    const platform = await startDistributed(limits);
    const rounds = [['journeys'], ['dispatch'], ['journeys', 'dispatch']];
    try {
      await platform.meta('POST', '/_sim/settings', { webhookRetryMaxMs: 1_000 });
      await openShop(platform.call, platform.simulatorUrl);
      const { samples } = await runThroughKills(
        {
          call: () => platform.call,
          async taken() {
            const { body } = await platform.meta('GET', '/_sim/messages?limit=50000');
            const taken = new Map<string, number>();
            for (const { to } of body.data as unknown as readonly { to: string }[]) {
              const digits = to.replace(/\D/g, '');
              taken.set(digits, (taken.get(digits) ?? 0) + 1);
            }
            return taken;
          },
          async kill(round) {
            const killed = rounds[round % rounds.length]!;
            await Promise.all(killed.map((service) => platform.crash(service)));
            await Promise.all(killed.map((service) => platform.start(service)));
          },
        },
        peopleOf(1_500),
      );
      expect(samples).toBeGreaterThan(30);
    } finally {
      await platform.stop();
    }
  });
});
