import { groupedSends } from './grouped-sends';
import { RecordTooLarge, type OutgoingRecord } from './kafka-port';

const record = (value: string): OutgoingRecord => ({ key: 'k', value, headers: {} });

/** Notes what is sent; each request takes until `answer` is called. */
function broker(fails: (values: readonly string[]) => Error | undefined = () => undefined) {
  const requests: { partition: number; values: string[] }[] = [];
  const open: (() => void)[] = [];
  return {
    requests,
    send: async (partition: number, records: readonly OutgoingRecord[]): Promise<void> => {
      const values = records.map(({ value }) => String(value));
      requests.push({ partition, values });
      await new Promise<void>((resolve) => open.push(resolve));
      const error = fails(values);
      if (error) throw error;
    },
    async answerAll(): Promise<void> {
      for (let idle = 0; idle < 5; idle += open.length === 0 ? 1 : 0) {
        open.shift()?.();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

it('lets those share a request who send at once, and those who come while one is under way, in order', async () => {
  const { requests, send, answerAll } = broker();
  const publish = groupedSends(send);
  const first = [publish(0, record('a')), publish(0, record('b')), publish(1, record('c'))];
  await new Promise((resolve) => setImmediate(resolve));
  const second = [publish(0, record('d')), publish(0, record('e'))];
  await answerAll();
  await Promise.all([...first, ...second]);
  expect(requests).toEqual([
    { partition: 0, values: ['a', 'b'] },
    { partition: 1, values: ['c'] },
    { partition: 0, values: ['d', 'e'] },
  ]);
});

it('answers only when the request is answered', async () => {
  const { send, answerAll } = broker();
  let answered = false;
  const sent = groupedSends(send)(0, record('a')).then(() => (answered = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(answered).toBe(false);
  await answerAll();
  await sent;
});

it('fails those whose group failed, and goes on with the next', async () => {
  const { send, answerAll } = broker((values) => (values.includes('bad') ? new Error('down') : undefined));
  const publish = groupedSends(send);
  const outcomes = Promise.allSettled([publish(0, record('bad')), publish(0, record('with it'))]);
  await answerAll();
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = publish(0, record('after'));
  await answerAll();
  await next;
});

it('fails one that is too large alone', async () => {
  const { send, answerAll } = broker((values) =>
    values.includes('large') ? new RecordTooLarge('larger than the broker takes') : undefined,
  );
  const publish = groupedSends(send);
  const outcomes = Promise.allSettled(['a', 'large', 'b'].map((value) => publish(0, record(value))));
  await answerAll();
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('sends no more in one request than a broker takes', async () => {
  const { requests, send, answerAll } = broker();
  const publish = groupedSends(send);
  const sent = Promise.all(Array.from({ length: 5 }, () => publish(0, record('x'.repeat(200_000)))));
  await answerAll();
  await sent;
  expect(requests.map(({ values }) => values.length)).toEqual([2, 2, 1]);
});
