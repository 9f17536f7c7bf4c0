import { flowWindows, type FlowWindows } from './flow-windows';

const stepMs = 50;

/** Dispatch as a queue: it does so many a second, one after the other, and each takes a while even when it is alone. */
function dispatchOf(
  windows: FlowWindows,
  told: { perSecond: number; aloneMs: number; stuck?: number },
  clock: { nowMs: number },
) {
  const ends: number[] = [];
  const stays: number[] = [];
  let left = 0;
  let free = 0;
  return {
    run(seconds: number): { perSecond: number; stayMs: number } {
      stays.length = 0;
      left = 0;
      for (let step = 0; step < (seconds * 1_000) / stepMs; step++) {
        clock.nowMs += stepMs;
        while (ends.length > 0 && ends[0]! <= clock.nowMs) {
          ends.shift();
          left++;
        }
        const handed = Math.max(0, windows.of('c') - ends.length - (told.stuck ?? 0));
        for (let place = 0; place < handed; place++) {
          free = Math.max(free, clock.nowMs) + 1_000 / told.perSecond;
          const end = free + told.aloneMs;
          ends.push(end);
          stays.push(end - clock.nowMs);
        }
        windows.told('c', { inFlight: ends.length + (told.stuck ?? 0), handed });
      }
      return { perSecond: left / seconds, stayMs: Math.max(...stays) };
    },
  };
}

const world = (perSecond: number, aloneMs: number) => {
  const clock = { nowMs: 0 };
  const windows = flowWindows({ monotonicMs: () => clock.nowMs }, { least: 10, most: 1_000 });
  const told: { perSecond: number; aloneMs: number; stuck?: number } = { perSecond, aloneMs };
  return { told, windows, dispatch: dispatchOf(windows, told, clock) };
};

it.each([
  [50, 30],
  [110, 80],
  [500, 100],
  [900, 300],
])('fills a dispatch of %i a second that needs %i ms, and keeps little waiting there', (perSecond, aloneMs) => {
  const { dispatch } = world(perSecond, aloneMs);
  dispatch.run(20);
  const then = dispatch.run(20);
  expect(then.perSecond).toBeGreaterThan(perSecond * 0.9);
  expect(then.stayMs).toBeLessThan(2 * aloneMs + 700);
});

it('does not starve a dispatch that is far away', () => {
  const { dispatch } = world(200, 1_500);
  dispatch.run(60);
  expect(dispatch.run(20).perSecond).toBeGreaterThan(150);
});

it('lets go when dispatch becomes slow, and takes up again when it is fast', () => {
  const { dispatch, told } = world(400, 50);
  dispatch.run(20);
  told.perSecond = 40;
  dispatch.run(10);
  expect(dispatch.run(10).stayMs).toBeLessThan(900);
  told.perSecond = 400;
  dispatch.run(10);
  expect(dispatch.run(10).perSecond).toBeGreaterThan(350);
});

it('forgets a bad moment, though it was the first that it saw', () => {
  const { dispatch, told } = world(100, 2_000);
  dispatch.run(40);
  told.aloneMs = 100;
  dispatch.run(90);
  const then = dispatch.run(10);
  expect(then.stayMs).toBeLessThan(900);
  expect(then.perSecond).toBeGreaterThan(85);
});

it('does not wait for those that wait to be tried again', () => {
  const { dispatch, told } = world(200, 100);
  dispatch.run(10);
  told.stuck = 15;
  expect(dispatch.run(120).perSecond).toBeGreaterThan(130);
});

it('stays as it is while nothing comes through, and forgets a campaign that is over', () => {
  const { dispatch, windows, told } = world(400, 50);
  dispatch.run(20);
  const window = windows.of('c');
  expect(window).toBeGreaterThan(100);
  told.aloneMs = 60_000;
  dispatch.run(10);
  expect(windows.of('c')).toBeGreaterThan(50);
  windows.forget('c');
  expect(windows.of('c')).toBe(10);
});
