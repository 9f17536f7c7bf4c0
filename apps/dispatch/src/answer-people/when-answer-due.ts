import type { Clock } from '@postrider/decider';
import { MessageReceived } from '@postrider/event-contracts';
import { Transient, type Reaction } from '@postrider/messaging';
import { Problem } from '@postrider/service-host';
import type { Pool } from 'pg';
import { peopleBehind } from '../contact/people';
import type { Copies } from '../judging/copies';
import { wordsReceived, type Received } from '../learn-people/words-received';
import { messageIds } from '../request-message/message-ids';
import type { RequestMessages } from '../request-message/request-messages.handler';
import { chooseAnswers, type Answer } from './choose-answer';
import { claimAnswer } from './claim-answer.sql';

export interface AnswerDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly copies: Copies;
  readonly request: RequestMessages;
}

/** What was said longer ago is not answered by itself any more: whoever waited that long wants a person. */
const freshForMs = 3_600_000;

/** Of all rules together, to one person in an hour: another automation that answers each of ours is left alone. */
const anHourMax = 5;

/**
 * Answers what people write, as the workspace's policies say: once per rule and person in the rule's time, so that two
 * automations never answer each other without end. The answer is a message like any other, judged by every rule.
 */
export function whenAnswerDue(deps: AnswerDeps): Reaction {
  return {
    kind: 'reaction',
    name: 'dispatch:answers',
    hears: [MessageReceived],
    async handle(events) {
      for (const event of events as readonly Received[]) await answer(deps, event);
    },
  };
}

async function answer(deps: AnswerDeps, event: Received): Promise<void> {
  const at = deps.clock.now();
  const to = addressOf(event);
  // A word of ours would take the thread from whoever answers it.
  if (to === undefined || event.data.standby || at.getTime() - Date.parse(event.data.happenedAt) > freshForMs) return;
  const policies = await deps.copies.policies(event.workspaceId);
  if (policies.replies.rules.length === 0 && policies.keywords.sets.every(({ reply }) => reply === undefined)) return;
  const [aliasKey = ''] = event.aliasKeys;
  const { contactId, personId } = (await peopleBehind(deps.pool, event.workspaceId, [aliasKey]))(aliasKey);
  const language = await languageOf(deps.pool, contactId);
  const words = wordsReceived(event);
  const answers = chooseAnswers(policies, {
    at,
    ...(words === undefined ? {} : { words }),
    ...(language === undefined ? {} : { language }),
  });
  if (answers.length === 0) return;
  const channel = await channelFor(deps.copies, event.data.senderId);
  if (channel === undefined) return;
  const [id = ''] = messageIds(event.id, 1);
  const chosen = await firstAllowed(deps.pool, answers, { personId, at, id });
  if (chosen === undefined) return;
  const body = { channel, to, text: { body: chosen.text } };
  const caller = { workspaceId: event.workspaceId, actor: 'replies', correlationId: event.correlationId };
  await requested(() => deps.request(caller, { kind: 'reply', id: event.data.wamid }, [{ id, body }]));
}

function addressOf({ personal }: Received): { phone: string } | { userId: string } | undefined {
  if (personal?.phone !== undefined) return { phone: `+${personal.phone.replace(/\D/g, '')}` };
  return personal?.userId === undefined ? undefined : { userId: personal.userId };
}

/** Through the number that the person wrote to; an answer is no marketing, where that can be chosen. */
async function channelFor(copies: Copies, senderId: string): Promise<string | undefined> {
  const active = (await copies.channelsOf(senderId)).filter(({ state }) => state === 'active');
  const best = active.find(({ settings }) => settings.purpose === 'transactional') ?? active[0];
  return best?.channelId;
}

async function languageOf(pool: Pool, contactId: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ language: string | null }>(
    'select language from contact_traits where contact_id = $1',
    [contactId],
  );
  return rows[0]?.language ?? undefined;
}

async function firstAllowed(
  pool: Pool,
  answers: readonly Answer[],
  { personId, at, id }: { personId: string; at: Date; id: string },
): Promise<Answer | undefined> {
  for (const each of answers) {
    // Whoever stops is told so, whatever they were told before.
    const most = each.rule === 'after-opt-out' ? Number.MAX_SAFE_INTEGER : anHourMax;
    const { rowCount } = await pool.query(claimAnswer, [personId, each.rule, at, id, each.everyHours, most]);
    if (rowCount === 1) return each;
  }
  return undefined;
}

/** What passes is tried again in its place. */
async function requested(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Problem && error.status === 503) throw new Transient(error.message, { cause: error });
    throw error;
  }
}
