import { memoryLeases } from '@postrider/event-store';
import { testClock } from '@postrider/service-host';
import fc from 'fast-check';
import { fairShare, fellowWorkers } from './fellow-workers';

it('count each other, and not who has left', async () => {
  const leases = memoryLeases();
  const clock = testClock();
  const [one, two] = ['one', 'two'].map((owner) => fellowWorkers({ leases, clock, owner })) as [
    ReturnType<typeof fellowWorkers>,
    ReturnType<typeof fellowWorkers>,
  ];
  expect(await one.count()).toBe(1);
  expect([await two.count(), await one.count()]).toEqual([2, 2]);
  await two.leave();
  expect(await one.count()).toBe(1);
  await one.leave();
});

it('take all senders among them, and nobody more than is needed for that', () => {
  fc.assert(
    fc.property(fc.nat({ max: 500 }), fc.integer({ min: 1, max: 64 }), (senders, workers) => {
      const part = fairShare(senders, workers);
      expect(part * workers).toBeGreaterThanOrEqual(senders);
      expect((part - 1) * workers).toBeLessThan(Math.max(1, senders));
    }),
  );
});
