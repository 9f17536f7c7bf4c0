import { isRefusal, type Clock } from '@postrider/decider';
import { changeStream, type EventLog } from '@postrider/event-store';
import { erasuresReader, unavailable, type Caller, type ReaderProgress } from '@postrider/service-host';
import type { Pool } from 'pg';
import { contactDecider, erase } from '../contact/contact.decider';
import { contactsFold } from '../contact/when-contact-changed';
import { findWhole } from './find-whole.sql';

export interface EraseContactDeps {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly readers: ReaderProgress;
}

export interface ContactGone {
  readonly id: string;
  readonly erasedAt: string;
}

export type EraseContact = ReturnType<typeof eraseContact>;

/**
 * Erases a person: every contact that turned out to be them, under every alias. Undefined where the workspace knows no
 * such contact. Doing it again erases what came since.
 */
export function eraseContact(deps: EraseContactDeps) {
  return async (caller: Caller, contactId: string): Promise<ContactGone | undefined> => {
    const { workspaceId, actor, correlationId, traceparent } = caller;
    const { rows } = await deps.pool.query<{ contact_id: string; first_alias_key: string; alias_keys: string[] }>(
      findWhole,
      [workspaceId, contactId],
    );
    if (rows.length === 0) return undefined;
    const aliasKeys = rows[0]!.alias_keys;
    const erasedAt = deps.clock.now().toISOString();
    const meta = {
      workspaceId,
      actor,
      correlationId,
      aliasKeys,
      ...(traceparent === undefined ? {} : { traceparent }),
    };
    const written: { shard: number; position: number }[] = [];
    for (const { contact_id: streamId, first_alias_key: orderingKey } of rows) {
      const stream = { streamId, orderingKey, meta };
      const changed = await changeStreamOf(deps, stream, aliasKeys, erasedAt);
      written.push(changed);
    }
    // What is said of the person from now on is sealed anew, and not lost with the keys that are destroyed.
    const readers = [contactsFold, erasuresReader('dispatch')];
    const reached = await Promise.all(readers.map((name) => deps.readers.reached(name, 'dispatch', written, 1_000)));
    if (reached.includes(false)) throw unavailable('The person is erased, but sending does not go by it yet.');
    return { id: contactId, erasedAt };
  };
}

async function changeStreamOf(
  { log, clock }: EraseContactDeps,
  stream: Parameters<typeof changeStream>[2],
  suppressionHashes: readonly string[],
  erasedAt: string,
) {
  const changed = await changeStream(log, clock, stream, contactDecider, () =>
    erase(stream.streamId, suppressionHashes, erasedAt),
  );
  if (isRefusal(changed)) throw new Error(`an erasure cannot be refused: ${changed.refused}`);
  return changed;
}
