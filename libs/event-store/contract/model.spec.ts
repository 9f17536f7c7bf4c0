import fc from 'fast-check';
import type { EventLog, StreamAppend } from '../src/index';
import { onEachLog } from './both-logs';
import { append, event } from './given';

/** Ids come from few, so that they meet again; a run's own number keeps runs apart. */
const idOf = (run: number, kind: number, n: number): string =>
  `00000000-0000-7000-${(0x8000 + kind).toString(16)}-${(run * 1_000 + n).toString(16).padStart(12, '0')}`;

interface Asked {
  readonly stream: number;
  readonly expected: number | 'any' | 'none';
  readonly ids: readonly number[];
}

const asked: fc.Arbitrary<Asked> = fc.record({
  stream: fc.nat(3),
  expected: fc.oneof(fc.constant('any' as const), fc.constant('none' as const), fc.nat(5)),
  ids: fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }),
});

/** The promise in its plainest words: a list of ids a stream. */
function judge(streams: Map<number, number[]>, { stream, expected, ids }: Asked): [status: string, version: number] {
  const known = streams.get(stream) ?? [];
  const distinct = [...new Set(ids)];
  const fresh = distinct.filter((id) => !known.includes(id));
  if (fresh.length === 0) return ['duplicate', known.length];
  if (expected !== 'any') {
    const wanted = expected === 'none' ? 0 : expected;
    if (wanted !== known.length || fresh.length < distinct.length) return ['conflict', known.length];
  }
  streams.set(stream, [...known, ...fresh]);
  return ['ok', known.length + fresh.length];
}

onEachLog('any series of appends', (open) => {
  let log: EventLog;
  let run = 0;
  beforeAll(async () => ({ log } = await open()));

  it('ends as a list of ids a stream would', async () => {
    const calls = fc.array(fc.array(asked, { minLength: 1, maxLength: 6 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(calls, async (series) => {
        run++;
        const streams = new Map<number, number[]>();
        for (const call of series) {
          const appends: StreamAppend[] = call.map(({ stream, expected, ids }) =>
            append({
              streamId: idOf(run, 0, stream),
              expectedVersion: expected,
              events: ids.map((id) => event({}, idOf(run, 1, id))),
            }),
          );
          const verdicts = await log.append(appends);
          const judged = call.map((one) => judge(streams, one));
          expect(verdicts.map(({ status, streamVersion }) => [status, streamVersion])).toEqual(judged);
        }
        for (const [stream, ids] of streams) {
          const stored = await log.readStream(idOf(run, 0, stream));
          expect(stored.map(({ id }) => id)).toEqual(ids.map((id) => idOf(run, 1, id)));
        }
      }),
      { numRuns: 60 },
    );
  });
});
