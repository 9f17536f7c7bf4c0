import { openCrashingShop } from '../platform/crashing-shop';
import { runThroughKills } from '../platform/killed-campaign';
import { readers } from '../platform/shop';

/** Ten restarts and ten thousand messages: on a busy machine that takes its time. */
jest.setTimeout(1_800_000);

const people = readers(10_000, 0);
/** Short, so that what a crash left open is settled while the test looks on; the relation between them is the default's. */
const limits = {
  POSTRIDER_SEND_TIMEOUT_MS: '3000',
  POSTRIDER_SENDER_LEASE_MS: '5000',
  POSTRIDER_UNKNOWN_PATIENCE_MS: '15000',
  POSTRIDER_COMMAND_PATIENCE_MS: '3000',
};

describe('a campaign to ten thousand, with kill -9 at ten moments,', () => {
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
        people,
      );
      expect(samples).toBeGreaterThan(30);
    } finally {
      await shop.close();
    }
  });
});
