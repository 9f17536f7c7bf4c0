import type { ServiceName } from '@postrider/event-contracts';
import { heldPath, type Caller, type InternalCalls, type WholePerson } from '@postrider/service-host';
import type { Pool } from 'pg';
import type { ContactView } from '../contact/contact-view';
import { findWhole } from './find-whole.sql';

const holders: readonly ServiceName[] = ['projections', 'webhooks', 'journeys'];

export interface ExportContactDeps {
  readonly pool: Pool;
  readonly internal: Pick<InternalCalls, 'ask'>;
  view(workspaceId: string, contactId: string): Promise<ContactView | undefined>;
}

export type ExportContact = ReturnType<typeof exportContact>;

/** All that is held about a person, service by service. Undefined where the workspace knows no such contact. */
export function exportContact({ pool, internal, view }: ExportContactDeps) {
  return async ({ workspaceId }: Pick<Caller, 'workspaceId'>, contactId: string) => {
    const contact = await view(workspaceId, contactId);
    if (contact === undefined) return undefined;
    const { rows } = await pool.query<{ contact_id: string; alias_keys: string[] }>(findWhole, [
      workspaceId,
      contactId,
    ]);
    const contactIds = rows.length === 0 ? [contactId] : rows.map((row) => row.contact_id);
    const person: WholePerson = { workspaceId, contactIds, aliasKeys: rows[0]?.alias_keys ?? [] };
    const held = await Promise.all(
      holders.map(async (service) => [service, await internal.ask(service, heldPath, person)] as const),
    );
    return { contact, ...Object.fromEntries(held) };
  };
}
