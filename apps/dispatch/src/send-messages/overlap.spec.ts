import { overlap } from './overlap';

const deferred = () => {
  let end!: () => void;
  let fail!: (error: Error) => void;
  const work = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  return { work, end, fail };
};

it('lets so many go on at once, and the next one wait for one of them', async () => {
  const both = overlap(2);
  const [one, two] = [deferred(), deferred()];
  both.begin(one.work);
  await both.room();
  both.begin(two.work);
  expect(both.isFull()).toBe(true);
  let roomy = false;
  const waiting = both.room().then(() => (roomy = true));
  await Promise.resolve();
  expect(roomy).toBe(false);
  two.end();
  await waiting;
  expect(both.isFull()).toBe(false);
  one.end();
  await both.settled();
});

it('tells what one failed with once, to whoever asks for room next', async () => {
  const one = overlap(1);
  const failing = deferred();
  one.begin(failing.work);
  const waiting = one.room();
  failing.fail(new Error('the lease is lost'));
  await expect(waiting).rejects.toThrow('the lease is lost');
  await one.room();
  await one.settled();
});

it('lets fewer go on at once where that is asked for', async () => {
  const two = overlap(2);
  const slow = deferred();
  two.begin(slow.work);
  await two.room();
  let hasRoom = false;
  const alone = two.room(1).then(() => (hasRoom = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(hasRoom).toBe(false);
  slow.end();
  await alone;
  await two.settled();
});
