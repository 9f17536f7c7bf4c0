import { fold, type Clock } from '@postrider/decider';
import type { EventMeta } from '@postrider/event-contracts';
import { changeStream, type EventLog, type StreamAppend } from '@postrider/event-store';
import { aliasKeys, derivedId } from '@postrider/keys';
import type { ReaderProgress } from '@postrider/service-host';
import type { Pool } from 'pg';
import { v7 as newId } from 'uuid';
import {
  contactDecider,
  link,
  see,
  type ContactEvent,
  type ContactState,
  type Person,
  type ShownBy,
} from './contact.decider';
import { handOver } from './hand-over';
import { isUserKey } from './handed-on';
import { inTurns } from './in-turns';
import type { KnownPerson } from './people';
import { whoIsMeant } from './who-is-meant';

/** A change to one person, found by what names them. */
export interface ContactWrite {
  readonly person: Person;
  /** How the person came to be known, should they be new. */
  readonly via: string;
  /** Where Meta itself showed that all that names the person names one. */
  readonly shownBy?: ShownBy;
  readonly meta: Omit<EventMeta, 'aliasKeys'>;
  /** Ids that make doing it again change nothing; without it they are new each time. */
  readonly eventId?: (event: ContactEvent) => string;
  decide(state: ContactState, contactId: string): ContactEvent[];
}

export interface ContactWritten {
  readonly contactId: string;
  readonly shard: number;
  readonly position: number;
}

export interface ContactsDeps {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly readers: ReaderProgress;
}

/**
 * Writes to many people in a handful of round trips: whoever is new becomes known, whoever is shown under one more alias
 * is linked. All of one workspace. One answer per write, in order.
 */
export async function writeContacts(
  deps: ContactsDeps,
  identitySecret: Uint8Array,
  writes: readonly ContactWrite[],
): Promise<ContactWritten[]> {
  const shown = writes.map(({ person }) => aliasKeys(identitySecret, person));
  const written: ContactWritten[] = [];
  for (const turn of inTurns(writes, shown)) {
    const done = await writeTurn(
      deps,
      turn.map((index) => writes[index]!),
      turn.map((index) => shown[index]!),
    );
    turn.forEach((index, place) => (written[index] = done[place]!));
  }
  return written;
}

async function writeTurn(
  deps: ContactsDeps,
  writes: readonly ContactWrite[],
  shown: readonly (readonly string[])[],
): Promise<ContactWritten[]> {
  const { claims, keys, targets, streams } = await whoIsMeant(deps, writes, shown);
  for (const { taken: given } of claims) {
    if (given === undefined) continue;
    await handOver(deps, given);
    streams.set(given.from.contactId, await deps.log.readStream(given.from.contactId));
  }
  const eventsOf = (write: ContactWrite, index: number, state: ContactState): ContactEvent[] => {
    const { contactId } = targets[index]!;
    const { via, shownBy, person } = write;
    // A consent that somebody brings does not make an erased person known again.
    const stays = via === 'consent' && state.erased;
    const seen = stays ? [] : see(state, { contactId, via, shownBy, person });

    const shown = stays || seen.length > 0 ? [] : linksOf(write, keys[index]!, state, targets[index]!, contactId);
    const { taken } = claims[index]!;
    const handed = taken === undefined ? [] : link(state, { ...taken.link, contactId, shownBy });
    const now = fold(contactDecider, [...seen, ...shown, ...handed], state);
    return [...seen, ...shown, ...handed, ...write.decide(now, contactId)];
  };

  const written: (ContactWritten | undefined)[] = writes.map(() => undefined);
  const appends: StreamAppend[] = [];
  const places: number[] = [];
  const taken = new Set<string>();
  const again: number[] = [];
  writes.forEach((write, index) => {
    const { contactId, orderingKey } = targets[index]!;
    // One stream goes into one append; the second change to a person follows on its own.
    if (taken.has(contactId)) return void again.push(index);
    taken.add(contactId);
    const recorded = streams.get(contactId) ?? [];
    const events = eventsOf(write, index, fold(contactDecider, recorded as unknown as ContactEvent[]));
    const last = recorded.at(-1);
    if (events.length === 0) {
      const shard = deps.log.shardOf(last?.orderingKey ?? orderingKey);
      written[index] = { contactId, shard, position: last?.position ?? 0 };
      return;
    }
    places.push(index);
    const at = deps.clock.now();
    appends.push({
      streamId: contactId,
      expectedVersion: last?.streamVersion ?? 'none',
      orderingKey: last?.orderingKey ?? orderingKey,
      events: events.map((event) => ({ ...event, at, ...idOf(write, event, contactId, erasuresOf(recorded)) })),
      meta: { ...write.meta, aliasKeys: keys[index]! },
    });
  });
  const verdicts = await deps.log.append(appends);
  verdicts.forEach(({ status, streamId, shard, position }, place) => {
    if (status === 'conflict') again.push(places[place]!);
    else written[places[place]!] = { contactId: streamId, shard, position };
  });
  for (const index of again) {
    const { contactId, orderingKey } = targets[index]!;
    const write = writes[index]!;
    let erasures = 0;
    const stream = {
      streamId: contactId,
      orderingKey,
      meta: { ...write.meta, aliasKeys: keys[index]! },
      eventId: (event: { type: string }) => idOf(write, event as ContactEvent, contactId, erasures).id,
    };
    const changed = await changeStream(deps.log, deps.clock, stream, contactDecider, (state) => {
      erasures = state.erasures;
      return eventsOf(write, index, state);
    });
    if ('refused' in changed) throw new Error(`a contact cannot refuse: ${changed.refused}`);
    written[index] = { contactId, shard: changed.shard, position: changed.position };
  }
  return written as ContactWritten[];
}

function linksOf(
  { person, via, shownBy }: ContactWrite,
  keys: readonly string[],
  state: ContactState,
  { aliasKeys: known, aliases }: KnownPerson,
  contactId: string,
): ContactEvent[] {
  // What a caller told of is linked once more when Meta shows it, so that it is known in which portfolio.
  const isNews = (key: string): boolean =>
    !known.includes(key) || (shownBy !== undefined && isUserKey(key) && !aliases.some((alias) => alias.key === key));
  return keys.filter(isNews).flatMap((aliasKey) => {
    const alias = aliasKey.startsWith('p.') ? { phone: person.phone } : { userId: person.userId };
    return link(state, { contactId, aliasKey, because: via, shownBy, ...alias });
  });
}

const erasuresOf = (events: readonly { type: string }[]): number =>
  events.filter(({ type }) => type === 'ContactErased').length;

/** A person becomes known once, whoever says so first; and once more after each erasure. */
function idOf(write: ContactWrite, event: ContactEvent, contactId: string, erasures: number): { id: string } {
  const since = erasures === 0 ? [] : [`erasure ${erasures}`];
  if (event.type === 'ContactSeen') return { id: derivedId.fact(contactId, 'ContactSeen', ...since) };
  if (event.type === 'IdentityLinked') {
    const { aliasKey, shownBy } = event.data;
    const shown = shownBy === undefined ? [] : [shownBy.at];
    return { id: derivedId.fact(contactId, 'IdentityLinked', aliasKey, ...shown, ...since) };
  }
  if (event.type === 'IdentityUnlinked') {
    return { id: derivedId.fact(contactId, 'IdentityUnlinked', event.data.aliasKey, event.data.unlinkedAt) };
  }
  return { id: write.eventId?.(event) ?? newId() };
}
