import { fold } from '@postrider/decider';
import type { EventLog } from '@postrider/event-store';
import type { Pool } from 'pg';
import { contactDecider, type ContactEvent, type ContactState, type Statement } from './contact.decider';

/** A person as a caller sees them, over every contact that turned out to be them. */
export interface ContactView {
  readonly id: string;
  readonly aliases: readonly { readonly kind: 'phone' | 'userId'; readonly value: string }[];
  readonly name?: string;
  readonly language?: string;
  readonly timeZone?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The last word for each purpose and sender, and all before it. */
  readonly consents: readonly (Statement & { readonly history: readonly Statement[] })[];
}

const findLinked = `
  select other.contact_id from contact mine join contact other using (workspace_id, person_id)
   where mine.workspace_id = $1 and mine.contact_id = $2`;

/** Undefined where the workspace knows no such contact. */
export async function viewContact(
  { log, pool }: { readonly log: EventLog; readonly pool: Pool },
  workspaceId: string,
  contactId: string,
): Promise<ContactView | undefined> {
  const { rows } = await pool.query<{ contact_id: string }>(findLinked, [workspaceId, contactId]);
  const ids = rows.length > 0 ? rows.map((row) => row.contact_id) : [contactId];
  const streams = await log.readStreams(ids);
  const own = streams.get(contactId);
  if (own?.[0]?.workspaceId !== workspaceId) return undefined;
  const ordered = [contactId, ...ids.filter((id) => id !== contactId).sort()];
  const states = ordered.flatMap((id) => {
    const events = streams.get(id);
    return events === undefined ? [] : [fold(contactDecider, events as unknown as ContactEvent[])];
  });
  return joined(contactId, states);
}

/** The contacts of one person as one; `id` is the one asked for, whose words come first. */
export function joined(id: string, states: readonly ContactState[]): ContactView {
  const first = <Key extends 'language' | 'timeZone'>(key: Key): { [K in Key]?: string } => {
    const value = states.find((state) => state[key] !== undefined)?.[key];
    return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: string };
  };
  const name = states.find(({ person }) => person.name !== undefined)?.person.name;
  return {
    id,
    aliases: aliasesOf(states),
    ...(name === undefined ? {} : { name }),
    ...first('language'),
    ...first('timeZone'),
    attributes: Object.assign({}, ...states.map(({ attributes }) => attributes).reverse()) as Record<string, unknown>,
    consents: consentsOf(states.flatMap(({ statements }) => statements)),
  };
}

function aliasesOf(states: readonly ContactState[]): ContactView['aliases'] {
  const all = states.flatMap(({ person, linked }) => [person, ...linked]);
  const phones = new Set(all.flatMap(({ phone }) => phone ?? []));
  const userIds = new Set(all.flatMap(({ userId }) => userId ?? []));
  return [
    ...[...phones].map((value) => ({ kind: 'phone' as const, value })),
    ...[...userIds].map((value) => ({ kind: 'userId' as const, value })),
  ];
}

function consentsOf(statements: readonly Statement[]): ContactView['consents'] {
  const bySubject = new Map<string, Statement[]>();
  for (const said of statements) {
    const subject = `${said.purpose} ${said.senderId ?? ''}`;
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), said]);
  }
  return [...bySubject.values()].map((history) => {
    // Of two said at once the revocation counts, so it comes last.
    const ordered = history.toSorted(
      (a, b) =>
        Date.parse(a.saidAt) - Date.parse(b.saidAt) || Number(a.state === 'revoked') - Number(b.state === 'revoked'),
    );
    return { ...ordered.at(-1)!, history: ordered };
  });
}
