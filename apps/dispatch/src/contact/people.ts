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
  readonly consents: readonly ConsentStatement[];
  /** False for somebody nobody has told of. */
  readonly known: boolean;
}

interface Row {
  alias_key: string;
  contact_id: string;
  person_id: string;
  first_alias_key: string;
  alias_keys: string[];
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
    if (row === undefined) return stranger(workspaceId, aliasKey);
    return {
      contactId: row.contact_id,
      personId: row.person_id,
      orderingKey: row.first_alias_key,
      aliasKeys: row.alias_keys,
      consents: (row.statements ?? []).map(({ senderId, saidAt, ...said }) => ({
        ...said,
        saidAt: new Date(saidAt).toISOString(),
        ...(senderId === anySender ? {} : { senderId }),
      })),
      known: true,
    };
  };
}

const stranger = (workspaceId: string, aliasKey: string): KnownPerson => ({
  contactId: derivedId.contact(workspaceId, aliasKey),
  personId: derivedId.contact(workspaceId, aliasKey),
  orderingKey: aliasKey,
  aliasKeys: [aliasKey],
  consents: [],
  known: false,
});
