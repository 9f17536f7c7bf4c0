import { fold } from '@postrider/decider';
import {
  AttemptFailed,
  AttemptNotSent,
  MessageAccepted,
  MessageCancelled,
  MessageFailed,
  MessageHeld,
  MessageReleased,
  OutcomeResolved,
  OutcomeUnknown,
  SendAttempted,
  type RecordedEvent,
} from '@postrider/event-contracts';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { isWaiting } from '../message/attempt.decider';
import { messageDecider } from '../message/message.decider';
import type { MessageEvent } from '../message/message-events';
import { decision, later, now, requested } from '../testing/messages';
import { startDispatch, type Started } from '../testing/set-up';
import { dueOf } from './due-row';
import { whenMessageChanged } from './when-message-changed';

let started: Started;
beforeAll(async () => {
  started = await startDispatch({ demo: false });
});
afterAll(() => started.service.close());

/** What may follow a request, in any order that makes sense or none. */
function sequels(messageId: string): MessageEvent[] {
  const error = { code: 'x', title: 'x' };
  const at = (ms: number): string => later(ms).toISOString();
  const attempt = (number: number): MessageEvent =>
    SendAttempted.of({ messageId, attempt: number, senderId: requested().data.senderId, fence: 3 });
  return [
    attempt(1),
    attempt(2),
    MessageHeld.of({ messageId, code: 'sender-unable', until: at(5), decision: decision('hold') }),
    MessageReleased.of({ messageId, because: 'x' }),
    MessageAccepted.of({ messageId, attempt: 1, wamid: 'w1' }, {}),
    MessageAccepted.of({ messageId, attempt: 2, wamid: 'w2' }, {}),
    AttemptFailed.of({ messageId, attempt: 1, error, retryAt: at(7) }),
    AttemptNotSent.of({ messageId, attempt: 1, because: 'x', retryAt: at(8) }),
    OutcomeUnknown.of({ messageId, attempt: 1, because: 'x', decideAt: at(9) }),
    OutcomeResolved.of({ messageId, attempt: 1, outcome: 'resend', by: 'policy' }),
    OutcomeResolved.of({ messageId, attempt: 1, outcome: 'hold', by: 'policy' }),
    MessageFailed.of({ messageId, error }),
    MessageCancelled.of({ messageId, because: 'x' }),
  ];
}

/** A message is tried while it waits, one attempt after the other, and nothing is said of one that was not made. */
function sensible(events: readonly MessageEvent[]): MessageEvent[] {
  let state = messageDecider.initial;
  return events.filter((event) => {
    const made = state.attempts.length;
    const makesSense =
      event.type === 'SendAttempted'
        ? isWaiting(state) && event.data.attempt === made + 1
        : !('attempt' in event.data) || event.data.attempt === undefined || event.data.attempt <= made;
    if (makesSense) state = messageDecider.evolve(state, event);
    return makesSense;
  });
}

function recorded(messageId: string, events: readonly MessageEvent[]): RecordedEvent[] {
  return events.map((event, index) => ({
    ...event,
    id: v7(),
    service: 'dispatch',
    typeVersion: 1,
    streamId: messageId,
    streamVersion: index + 1,
    shard: 0,
    position: index + 1,
    orderingKey: 'p.someone',
    at: now,
    workspaceId: started.service.workspaceId,
    actor: 'test',
    correlationId: 'c',
    aliasKeys: ['p.someone'],
  }));
}

it('shows what the whole story says, however it was cut into batches, and again when it is folded again', async () => {
  const { pool } = started.service.host;
  const story = fc.array(fc.nat({ max: 12 }), { maxLength: 8 });
  const cuts = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(story, cuts, fc.boolean(), async (picks, cut, again) => {
      const messageId = v7();
      const all = sequels(messageId);
      const events = sensible([requested({ messageId }), ...picks.map((pick) => all[pick]!)]);
      const told = recorded(messageId, events);
      const reader = whenMessageChanged({ readStreams: () => Promise.resolve(new Map([[messageId, told]])) });
      const tx = {
        query: async <Row extends object>(text: string, values?: readonly unknown[]) => {
          const { rows, rowCount } = await pool.query<Row & Record<string, unknown>>(text, values as unknown[]);
          return { rows: rows as Row[], rowCount: rowCount ?? 0 };
        },
      };
      let batch: RecordedEvent[] = [];
      for (const [index, event] of told.entries()) {
        batch.push(event);
        if (!cut[index]) continue;
        await reader.handle(batch, tx);
        if (again) await reader.handle(batch, tx);
        batch = [];
      }
      if (batch.length > 0) await reader.handle(batch, tx);
      const { rows } = await pool.query('select kind, due_at, held_by, attempt, fence from due where message_id = $1', [
        messageId,
      ]);
      const due = dueOf(fold(messageDecider, events), now);
      const wanted = due && {
        kind: due.kind,
        due_at: due.dueAt,
        held_by: due.heldBy,
        attempt: due.attempt,
        fence: due.fence,
      };
      expect(rows).toEqual(wanted === undefined ? [] : [wanted]);
    }),
    { numRuns: 300 },
  );
});
