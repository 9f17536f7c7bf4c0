import type { ConsentStatement } from '@postrider/compliance';
import { derivedId } from '@postrider/keys';
import type { Pool } from 'pg';
import { anySender } from './contact.table';
import { findPeople } from './people.sql';

/** A person as far as dispatch knows them, found by one of their aliases. */
export interface KnownPerson {
  readonly contactId: string;
  /** Shared by all contacts that are one person. */
  readonly personId: string;
  /** Of the contact's stream. */
  readonly orderingKey: string;
  /** All that are known to be this person. */
  readonly aliasKeys: readonly string[];
  /** Those that Meta showed itself. */
  readonly aliases: readonly ShownAlias[];
  /** When the alias that was asked for was first shown to be theirs; 0 where nobody showed it. */
  readonly since: number;
  readonly consents: readonly ConsentStatement[];
  /** False for somebody nobody has told of. */
  readonly known: boolean;
}

export interface ShownAlias {
  readonly key: string;
  readonly portfolioId: string;
  readonly shownAt: string | null;
}

interface Row {
  alias_key: string;
  contact_id: string;
  shown_at: Date | null;
  /** Missing for a number that was handed on, and whose new owner was not seen yet. */
  person_id: string | null;
  first_alias_key: string;
  alias_keys: string[];
  shown: ShownAlias[] | null;
  statements: { purpose: 'marketing'; senderId: string; state: 'granted'; source: string; saidAt: string }[] | null;
}

/** The people behind alias keys, in one round trip; somebody unknown begins under the key they were asked by. */
export async function peopleBehind(
  pool: Pool,
  workspaceId: string,
  aliasKeys: readonly string[],
): Promise<(aliasKey: string) => KnownPerson> {
  const { rows } = await pool.query<Row>({ name: 'people', text: findPeople, values: [workspaceId, aliasKeys] });
  const found = new Map(rows.map((row) => [row.alias_key, row]));
  return (aliasKey) => {
    const row = found.get(aliasKey);
    const since = row?.shown_at?.getTime() ?? 0;
    if (row === undefined || row.person_id === null) return stranger(workspaceId, aliasKey, row?.contact_id, since);
    return {
      contactId: row.contact_id,
      personId: row.person_id,
      orderingKey: row.first_alias_key,
      aliasKeys: row.alias_keys,
      aliases: row.shown ?? [],
      since,
      consents: (row.statements ?? []).map(({ senderId, saidAt, ...said }) => ({
        ...said,
        saidAt: new Date(saidAt).toISOString(),
        ...(senderId === anySender ? {} : { senderId }),
      })),
      known: true,
    };
  };
}

const stranger = (
  workspaceId: string,
  aliasKey: string,
  contactId = derivedId.contact(workspaceId, aliasKey),
  since = 0,
): KnownPerson => ({
  contactId,
  personId: contactId,
  orderingKey: aliasKey,
  aliasKeys: [aliasKey],
  aliases: [],
  since,
  consents: [],
  known: false,
});
