import { testClock } from '@postrider/service-host';
import type { StreamAppend } from '@postrider/event-store';
import { classify } from '@postrider/cloud-api-client';
import type { RecordedEvent } from '@postrider/event-contracts';
import { storyOf } from '../message/story';
import { messageId, requested } from '../testing/messages';
import { brake } from './brake';
import { conclude } from './conclude';
import { claimAll } from './departures';
import type { Ready } from './pump';

const ready: Ready = {
  story: storyOf([
    { ...requested(), streamId: messageId, orderingKey: 'k', aliasKeys: [] } as unknown as RecordedEvent,
  ])!,
  attempt: 1,
  scope: { key: '', limits: [] },
  departure: claimAll([]),
};

it('writes an outcome down though what follows from it could not be written at first', async () => {
  const written: StreamAppend[] = [];
  let tries = 0;
  const concluding = conclude({
    clock: testClock(),
    logger: { warn: () => undefined },
    recorder: {
      record: (appends) => {
        written.push(...appends);
        return Promise.resolve([]);
      },
      waiting: () => 0,
    },
    consequences: () => (++tries < 3 ? Promise.reject(new Error('the database is away')) : Promise.resolve()),
    brake: brake(),
    patienceMs: 1_000,
    settled: () => undefined,
    giveBack: () => undefined,
    onCredentialsRejected: () => undefined,
  });
  await concluding.outcome(ready, { kind: 'rejected', error: classify({ code: 190, title: 'expired' }, 401) });
  expect(tries).toBe(3);
  expect(written.flatMap(({ events }) => events.map(({ type }) => type))).toEqual(['AttemptFailed']);
});
