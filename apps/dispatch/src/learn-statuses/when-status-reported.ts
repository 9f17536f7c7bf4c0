import { classify } from '@postrider/cloud-api-client';
import { fold, type Clock } from '@postrider/decider';
import { StatusReported, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import type { EventLog, StreamAppend } from '@postrider/event-store';
import type { Reaction } from '@postrider/messaging';
import { groupBy } from '../group-by';
import type { Pool } from 'pg';
import type { Consequences } from '../message/consequences';
import { planFailure, type FailurePlan } from '../message/failure-plan';
import { hear } from '../message/hear.decider';
import { messageDecider } from '../message/message.decider';
import type { MessageEvent, Request } from '../message/message-events';
import { messageMeta } from '../message/message-meta';
import { sequel, storyOf, type Story } from '../message/story';

type Status = RecordedEvent & EventOf<typeof StatusReported>;

export interface LearnDeps {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly consequences: Consequences;
}

const triesMax = 20;

/**
 * Learns from Meta's statuses: that an attempt arrived whose answer was lost, that an accepted message failed after
 * all, that a message arrived twice. Most statuses teach dispatch nothing, and their messages are not even read.
 */
export function whenStatusReported(deps: LearnDeps): Reaction {
  return {
    kind: 'reaction',
    name: 'dispatch:statuses',
    hears: [StatusReported],
    async handle(events) {
      let unheard = await telling(deps.pool, events as readonly Status[]);
      for (let tries = 0; unheard.length > 0; tries++) {
        if (tries >= triesMax)
          throw new Error(`messages changed under each of ${triesMax} tries to learn from statuses`);
        unheard = await learn(deps, unheard);
      }
    },
  };
}

/** Failures, and statuses of messages that something is still to be done about. */
async function telling(pool: Pool, events: readonly Status[]): Promise<Status[]> {
  const ours = events.filter(({ data }) => data.messageId !== undefined && data.attempt !== undefined);
  const ids = [...new Set(ours.flatMap(({ data }) => (data.status === 'failed' ? [] : data.messageId!)))];
  const open = new Set<string>();
  if (ids.length > 0) {
    const { rows } = await pool.query<{ message_id: string }>({
      name: 'still-open',
      text: 'select message_id from due where message_id = any($1)',
      values: [ids],
    });
    for (const row of rows) open.add(row.message_id);
  }
  return ours.filter(({ data }) => data.status === 'failed' || open.has(data.messageId!));
}

/** Answers those whose message was changed by somebody else meanwhile. */
async function learn(deps: LearnDeps, statuses: readonly Status[]): Promise<Status[]> {
  const byMessage = groupBy(statuses, ({ data }) => data.messageId!);
  const streams = await deps.log.readStreams([...byMessage.keys()]);
  const lessons: { id: string; append: StreamAppend; follow: () => Promise<void> }[] = [];
  for (const [id, heard] of byMessage) {
    const story = storyOf(streams.get(id));
    if (story === undefined || story.requested.workspaceId !== heard[0]!.workspaceId) continue;
    const { events, plans } = lesson(story, heard, deps.clock.now());
    if (events.length === 0) continue;
    lessons.push({
      id,
      append: sequel(story, events, deps.clock.now(), 'meta'),
      follow: following(deps, story, plans),
    });
  }
  // A pause comes before the message may be looked at again, so that the rules find it. Saying it twice says it once.
  for (const { follow } of lessons) await follow();
  const verdicts = await deps.log.append(lessons.map(({ append }) => append));
  return verdicts.flatMap(({ status }, index) => (status === 'conflict' ? byMessage.get(lessons[index]!.id)! : []));
}

function lesson(story: Story, heard: readonly Status[], now: Date): { events: MessageEvent[]; plans: Planned[] } {
  const events: MessageEvent[] = [];
  const plans: Planned[] = [];
  let { state } = story;
  for (const { data } of heard) {
    const attempt = data.attempt!;
    const earlier = state.attempts.filter(({ number }) => number < attempt);
    const plan =
      data.status === 'failed' ? planFailure(errorIn(data), { earlier, now, random: Math.random }) : undefined;
    const learnt = hear(state, {
      attempt,
      wamid: data.wamid,
      ...(plan === undefined ? {} : { failure: plan }),
    });
    if (plan !== undefined && learnt.length > 0) plans.push({ plan, attempt, happenedAt: data.happenedAt });
    events.push(...learnt);
    state = fold(messageDecider, learnt, state);
  }
  return { events, plans };
}

interface Planned {
  readonly plan: FailurePlan;
  readonly attempt: number;
  readonly happenedAt: string;
}

function following({ consequences }: LearnDeps, { requested }: Story, plans: readonly Planned[]) {
  return async (): Promise<void> => {
    const request = requested as unknown as Request;
    for (const { plan, attempt, happenedAt } of plans) {
      await consequences({ plan, request, attempt, happenedAt, meta: messageMeta(requested, 'meta') });
    }
  };
}

function errorIn({ errors }: Status['data']) {
  const [error] = errors ?? [];
  if (error === undefined) return classify({ code: -1, title: 'Meta reported a failure without an error' });
  const { code, title, details } = error;
  return classify({ code, ...(title === undefined ? {} : { title }), ...(details === undefined ? {} : { details }) });
}
