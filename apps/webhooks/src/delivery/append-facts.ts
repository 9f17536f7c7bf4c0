import { Fault } from '@postrider/decider';
import type { EventLog, NewEvent, StreamAppend } from '@postrider/event-store';
import { isPassingFailure } from '@postrider/event-store';
import { translateUnrecognised } from '../translate/translate-unrecognised';
import { rawSubject } from '../receipts/day-keys';
import type { FactOf } from './read-delivery';

/** What a delivery holds, under the id of its receipt. */
export interface FactsOfDelivery {
  readonly id: string;
  readonly receivedAt: Date;
  readonly facts: readonly FactOf[];
}

/** Appends facts that may be known already. Resolves once all of them are committed; several deliveries stand or fall together. */
export type AppendFacts = (deliveries: readonly FactsOfDelivery[]) => Promise<void>;

export function appendFacts(log: Pick<EventLog, 'append'>): AppendFacts {
  return async (deliveries) => {
    const appends = deliveries.flatMap(appendsOf);
    if (appends.length === 0) return;
    try {
      await log.append(appends);
    } catch (error) {
      if (isPassingFailure(error) || deliveries.length > 1) throw error;
      await oneByOne(deliveries[0]!);
    }
  };

  /** A value that the database refuses must not hold up the others for as long as Meta repeats; it is kept raw instead. */
  async function oneByOne({ facts, ...delivery }: FactsOfDelivery): Promise<void> {
    for (const one of facts) {
      try {
        await log.append(appendsOf({ ...delivery, facts: [one] }));
      } catch (cause) {
        if (isPassingFailure(cause) || one.fact.event.type === 'UnrecognisedChangeReceived') throw cause;
        await log.append(appendsOf({ ...delivery, facts: [kept(one, delivery.receivedAt)] }));
      }
    }
  }
}

function kept({ workspaceId, fact }: FactOf, receivedAt: Date): FactOf {
  const { accountId, wabaId } = fact.event.data as { accountId?: string; wabaId?: string };
  if (accountId === undefined || wabaId === undefined)
    throw new Fault({
      code: 'unavailable',
      message: `${fact.event.type} ${fact.id} can neither be stored nor kept raw`,
      publicText: 'The delivery cannot be stored.',
      retryable: true,
    });
  const reading = { workspaceId, accountId, wabaId, receivedAt, identitySecret: Buffer.alloc(0) };
  const raw = { excerpt: Buffer.from(JSON.stringify(fact.event)).toString('base64').slice(0, 32_768) };
  const { aliasKeys, sealedFor } = fact;
  return {
    workspaceId,
    fact: {
      ...translateUnrecognised(reading, { field: fact.event.type, because: 'the database refuses it', raw }),
      // What was found in the fact counts: nobody can be told from its bytes.
      aliasKeys,
      sealedFor: sealedFor ?? (aliasKeys.length > 0 ? aliasKeys : [rawSubject(receivedAt)]),
    },
  };
}

/** Facts of one stream that show the same person share an append, in their order. */
function appendsOf({ id: correlationId, receivedAt: at, facts }: FactsOfDelivery): StreamAppend[] {
  const appends = new Map<string, StreamAppend & { events: NewEvent[] }>();
  for (const { workspaceId, fact } of facts) {
    const { streamId, orderingKey, aliasKeys, sealedFor, id, event } = fact;
    const key = [streamId, ...aliasKeys, '', ...(sealedFor ?? [])].join(' ');
    const append = appends.get(key) ?? {
      streamId,
      expectedVersion: 'any' as const,
      orderingKey,
      ...(sealedFor === undefined ? {} : { sealedFor }),
      events: [],
      meta: { workspaceId, actor: 'meta', correlationId, aliasKeys },
    };
    append.events.push({ ...event, id, at });
    appends.set(key, append);
  }
  return [...appends.values()];
}
