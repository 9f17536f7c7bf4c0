import { eventually } from '@postrider/test-backends';
import { sayInbound, senderId, startDispatch, type Started } from '../testing/set-up';
import { inboundNow } from './inbound-seconds.sql';

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
});
afterAll(() => started.service.close());

it('tells how much came in to a sender in the busiest of the last seconds', async () => {
  for (let count = 0; count < 5; count++) {
    await sayInbound(started.others, { phone: `4930555090${count}` }, started.clock.now());
  }
  const perSecond = async (since: string): Promise<number> => {
    const { rows } = await started.service.host.pool.query<{ per_second: number }>(inboundNow, [senderId, since]);
    return rows[0]!.per_second;
  };
  // The specs' events stand at the first moment of 2026.
  await eventually(async () => expect(await perSecond('2025-12-31T23:59:59Z')).toBe(5));
  expect(await perSecond('2026-01-01T00:00:01Z')).toBe(0);
});
