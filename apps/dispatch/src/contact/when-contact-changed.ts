import {
  ConsentGranted,
  ConsentRevoked,
  ContactSeen,
  IdentityLinked,
  IdentityUnlinked,
  type EventOf,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { Fold, Tx } from '@postrider/messaging';
import { recountMerged, swapAndRecount } from '../openings/keep-openings';
import { handedOn, isUserKey } from './handed-on';
import { anySender } from './contact.table';
import {
  enterAliases,
  enterContacts,
  enterMoves,
  followMoves,
  keepWindows,
  mergePersons,
  sharedAliases,
} from './upsert-aliases.sql';
import { upsertConsents } from './upsert-consents.sql';

type Seen = RecordedEvent & EventOf<typeof ContactSeen>;
type Linked = RecordedEvent & EventOf<typeof IdentityLinked>;
type Unlinked = RecordedEvent & EventOf<typeof IdentityUnlinked>;
type Said = RecordedEvent & (EventOf<typeof ConsentGranted> | EventOf<typeof ConsentRevoked>);
type Heard = Seen | Linked | Unlinked | Said;

export const contactsFold = 'dispatch:contacts';

/** Keeps who is who, and what each said about being written to. */
export function whenContactChanged(): Fold {
  return {
    kind: 'fold',
    name: contactsFold,
    hears: [ContactSeen, IdentityLinked, IdentityUnlinked, ConsentGranted, ConsentRevoked],
    tables: ['contact', 'contact_alias', 'alias_move', 'consent'],
    swap: swapAndRecount,
    async handle(events, tx) {
      const heard = events as readonly Heard[];
      const merged = await keepIdentities(
        heard.filter((event) => event.type === 'ContactSeen' || event.type === 'IdentityLinked'),
        tx,
      );
      await handOn(
        heard.filter((event) => event.type === 'IdentityUnlinked'),
        tx,
      );
      await keepConsents(
        heard.filter((event) => event.type === 'ConsentGranted' || event.type === 'ConsentRevoked'),
        tx,
      );
      await recountMerged(tx, merged);
    },
  };
}

/** Answers the people who turned out to be others. */
async function keepIdentities(events: readonly (Seen | Linked)[], tx: Tx): Promise<string[]> {
  if (events.length === 0) return [];
  const seen = events.filter((event) => event.type === 'ContactSeen');
  await tx.query(enterContacts, [
    seen.map(({ data }) => data.contactId),
    seen.map(({ workspaceId }) => workspaceId),
    seen.map(({ orderingKey }) => orderingKey),
  ]);
  const aliases = events.flatMap((event) => aliasKeysOf(event).map((key) => ({ event, key })));
  const columns = [
    aliases.map(({ event }) => event.workspaceId),
    aliases.map(({ key }) => key),
    aliases.map(({ event }) => event.data.contactId),
  ];
  await tx.query(enterAliases, [
    ...columns,
    aliases.map(({ event, key }) => (isUserKey(key) ? (event.data.shownBy?.portfolioId ?? null) : null)),
    aliases.map(({ event }) => event.data.shownBy?.at ?? null),
  ]);
  const shared = await tx.query<{ holder: string; claimant: string }>(sharedAliases, columns);
  const merged = new Set<string>();
  for (const { holder, claimant } of shared.rows) {
    const { rows } = await tx.query<{ persons: string[] }>(mergePersons, [holder, claimant]);
    for (const person of rows[0]?.persons ?? []) merged.add(person);
  }
  return [...merged];
}

/** A number that was handed on comes by the word of the contact that had it, whatever is folded first. */
const aliasKeysOf = (event: Seen | Linked): readonly string[] => {
  if (event.type === 'ContactSeen') return event.aliasKeys;
  return event.data.because === handedOn ? [] : [event.data.aliasKey];
};

async function handOn(events: readonly Unlinked[], tx: Tx): Promise<void> {
  if (events.length === 0) return;
  const keys = events.map(({ data }) => data.aliasKey);
  const from = events.map(({ data }) => data.contactId);
  const at = events.map(({ data }) => data.unlinkedAt);
  await tx.query(enterMoves, [
    ...[events.map(({ workspaceId }) => workspaceId), keys, from, at],
    events.map(({ data }) => data.nextContactId),
  ]);
  while (((await tx.query(followMoves, [keys])).rowCount ?? 0) > 0);
  await tx.query(keepWindows, [keys, from, at]);
}

async function keepConsents(events: readonly Said[], tx: Tx): Promise<void> {
  if (events.length === 0) return;
  await tx.query(upsertConsents, [
    events.map(({ data }) => data.contactId),
    events.map(({ data }) => data.purpose),
    events.map(({ data }) => data.senderId ?? anySender),
    events.map(({ type }) => (type === 'ConsentGranted' ? 'granted' : 'revoked')),
    events.map(({ data }) => data.source),
    events.map(({ data }) => data.saidAt),
  ]);
}
