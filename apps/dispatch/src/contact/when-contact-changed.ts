import {
  ConsentGranted,
  ConsentRevoked,
  ContactSeen,
  IdentityLinked,
  type EventOf,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { Fold, Tx } from '@postrider/messaging';
import { anySender } from './contact.table';
import { enterAliases, enterContacts, mergePersons, sharedAliases } from './upsert-aliases.sql';
import { upsertConsents } from './upsert-consents.sql';

type Seen = RecordedEvent & EventOf<typeof ContactSeen>;
type Linked = RecordedEvent & EventOf<typeof IdentityLinked>;
type Said = RecordedEvent & (EventOf<typeof ConsentGranted> | EventOf<typeof ConsentRevoked>);
type Heard = Seen | Linked | Said;

export const contactsFold = 'dispatch:contacts';

/** Keeps who is who, and what each said about being written to. */
export function whenContactChanged(): Fold {
  return {
    kind: 'fold',
    name: contactsFold,
    hears: [ContactSeen, IdentityLinked, ConsentGranted, ConsentRevoked],
    tables: ['contact', 'contact_alias', 'consent'],
    async handle(events, tx) {
      const heard = events as readonly Heard[];
      await keepIdentities(
        heard.filter((event) => event.type === 'ContactSeen' || event.type === 'IdentityLinked'),
        tx,
      );
      await keepConsents(
        heard.filter((event) => event.type === 'ConsentGranted' || event.type === 'ConsentRevoked'),
        tx,
      );
    },
  };
}

async function keepIdentities(events: readonly (Seen | Linked)[], tx: Tx): Promise<void> {
  if (events.length === 0) return;
  const seen = events.filter((event) => event.type === 'ContactSeen');
  await tx.query(enterContacts, [
    seen.map(({ data }) => data.contactId),
    seen.map(({ workspaceId }) => workspaceId),
    seen.map(({ orderingKey }) => orderingKey),
  ]);
  const aliases = events.flatMap((event) =>
    aliasKeysOf(event).map((key) => ({ workspace: event.workspaceId, key, contact: event.data.contactId })),
  );
  const columns = [
    aliases.map(({ workspace }) => workspace),
    aliases.map(({ key }) => key),
    aliases.map(({ contact }) => contact),
  ];
  await tx.query(enterAliases, columns);
  const shared = await tx.query<{ holder: string; claimant: string }>(sharedAliases, columns);
  for (const { holder, claimant } of shared.rows) await tx.query(mergePersons, [holder, claimant]);
}

const aliasKeysOf = (event: Seen | Linked): readonly string[] =>
  event.type === 'IdentityLinked' ? [event.data.aliasKey] : event.aliasKeys;

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
