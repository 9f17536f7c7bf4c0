import { CloudApiError, type CloudApi } from '@postrider/cloud-api-client';
import { ruleTexts, windowClosesAt } from '@postrider/compliance';
import type { Clock } from '@postrider/decider';
import { derivedId } from '@postrider/keys';
import { Problem, unavailable, type Caller, type ReaderProgress } from '@postrider/service-host';
import type { Pool } from 'pg';
import { peopleBehind } from '../contact/people';
import type { Copies } from '../judging/copies';
import { lastWordCopy } from '../local-copies/when-message-received';
import { findConversation, findLastWord } from './last-word.sql';

export interface TendDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly copies: Copies;
  readonly readers: Pick<ReaderProgress, 'caughtUp'>;
  readonly accounts: { client(accountId: string): Promise<CloudApi | undefined> };
}

/** Until when free text may be sent. */
export interface Window {
  readonly open: boolean;
  readonly closesAt: string;
}

type Asking = Pick<Caller, 'workspaceId'>;
export type TendConversations = ReturnType<typeof tendConversations>;

/** Shows a person that what they wrote was read, and that somebody is writing to them. */
export function tendConversations(deps: TendDeps) {
  const mark = async ({ workspaceId }: Asking, id: string, typing: boolean): Promise<Window> => {
    const last = await lastWord(deps, workspaceId, id);
    const closesAt = windowClosesAt(last.inboundAt);
    const window = { open: deps.clock.now() < closesAt, closesAt: closesAt.toISOString() };
    if (typing && !window.open) throw new Problem('window-closed', ruleTexts['window-closed'].en);
    const sender = await deps.copies.sender(last.senderId);
    const client = sender && (await deps.accounts.client(sender.accountId));
    if (client === undefined) throw unavailable("The sender's account is not known yet.");
    await asked(() => client.messages.markRead(sender!.phoneNumberId, last.wamid, { typing }));
    return window;
  };
  return {
    read: (caller: Asking, id: string) => mark(caller, id, false),
    /** Marks as read too: Meta knows no typing without it. */
    typing: (caller: Asking, id: string) => mark(caller, id, true),
  };
}

interface LastWord {
  readonly senderId: string;
  readonly wamid: string;
  readonly inboundAt: string;
}

async function lastWord(deps: TendDeps, workspaceId: string, id: string): Promise<LastWord> {
  const { pool, copies } = deps;
  const { senderId, aliasKey } = await conversation(deps, workspaceId, id);
  const known = (await peopleBehind(pool, workspaceId, [aliasKey]))(aliasKey).aliasKeys;
  const aliasKeys = [...new Set([aliasKey, ...known])];
  const { rows } = await pool.query<{ wamid: string; at: Date }>(findLastWord, [
    aliasKeys.map((key) => derivedId.conversation(senderId, key)),
  ]);
  const { wamid, at } = rows[0]!;
  const windowOf = await copies.windows([{ senderId, aliasKeys }]);
  // A call opens the window too, and may have come later; the window's own copy may lag.
  const { lastInboundAt = '' } = windowOf(senderId, aliasKeys);
  const written = at.toISOString();
  return { senderId, wamid, inboundAt: lastInboundAt > written ? lastInboundAt : written };
}

async function conversation({ pool, readers }: TendDeps, workspaceId: string, id: string) {
  const find = async () => {
    const { rows } = await pool.query<{ sender_id: string; alias_key: string }>(findConversation, [workspaceId, id]);
    return rows[0] && { senderId: rows[0].sender_id, aliasKey: rows[0].alias_key };
  };
  const known = await find();
  if (known !== undefined) return known;
  if (!(await readers.caughtUp(lastWordCopy, 'webhooks', 1_000))) {
    throw unavailable('Conversations are not up to date yet.');
  }
  const told = await find();
  if (told === undefined) throw new Problem('not-found', 'Nobody wrote in a conversation with this id.');
  return told;
}

async function asked(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof CloudApiError)) throw error;
    if (error.outcome === 'rejected' && !error.retryable) throw new Problem('refused-by-meta', error.text);
    throw unavailable(error.text);
  }
}
