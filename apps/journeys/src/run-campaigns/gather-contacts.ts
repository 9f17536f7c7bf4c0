import type { AudienceFilter } from '@postrider/event-contracts';
import { inTransaction } from '@postrider/messaging';
import type { Pool } from 'pg';
import type { FindContacts } from '../audience/find-contacts';
import { gatheredAudienceId } from '../audience/gathered-audience';
import { memberPlace, type SealedRows } from '../audience/sealed-rows';
import { rowsOfContacts } from '../audience/rows-of-contacts';
import { beginGathering, insertGathered, keepGathered, readGathered } from './recipients-at-work.sql';

export interface GatherDeps {
  readonly pool: Pool;
  readonly clock: { now(): Date };
  readonly findContacts: FindContacts;
  readonly rows: SealedRows;
  identitySecret(workspaceId: string): Promise<Uint8Array>;
}

export interface ToGather {
  readonly workspaceId: string;
  readonly campaignId: string;
  readonly occurrence: number;
  readonly filter: AudienceFilter;
  readonly senderId: string;
}

export interface Gathered {
  readonly audienceId: string;
  readonly state: 'taking' | 'taken';
  readonly columns: readonly string[];
  readonly rows: number;
  readonly people: number;
  readonly gatheredTo: string | null;
}

/** The list of an occurrence as far as it is gathered; undefined before its first page. */
export async function gatheredOf(pool: Pool, campaignId: string, occurrence: number): Promise<Gathered | undefined> {
  const { rows } = await pool.query<Gathered>(readGathered, [gatheredAudienceId(campaignId, occurrence)]);
  return rows[0];
}

/**
 * Takes the next page of the people whom the filter means now, with how far it came in the same transaction, so that a
 * crash neither skips nor doubles anybody. Answers the list as it then stands.
 */
export async function gatherNext(deps: GatherDeps, toGather: ToGather): Promise<Gathered> {
  const { workspaceId, campaignId, occurrence, filter, senderId } = toGather;
  const audienceId = gatheredAudienceId(campaignId, occurrence);
  const begun = [audienceId, workspaceId, campaignId, deps.clock.now()];
  const before = (await gatheredOf(deps.pool, campaignId, occurrence)) ?? {
    ...{ audienceId, state: 'taking' as const, columns: [], rows: 0, people: 0, gatheredTo: null },
  };
  if (before.state === 'taken') return before;
  const { gatheredTo } = before;
  const page = await deps.findContacts({ workspaceId, filter, senderId, ...(gatheredTo && { after: gatheredTo }) });
  const rows = rowsOfContacts(await deps.identitySecret(workspaceId), page);
  const columns = [...new Set([...before.columns, ...rows.flatMap(({ member }) => Object.keys(member.row))])];
  const sealed = await deps.rows.seal(
    toGather,
    rows.map(({ named, member }) => ({
      place: memberPlace(audienceId, named.personKey),
      bytes: Buffer.from(JSON.stringify(member)),
    })),
  );
  return inTransaction(deps.pool, async (tx) => {
    await tx.query(beginGathering, begun);
    const { rowCount } = await tx.query(insertGathered, [
      audienceId,
      before.rows,
      rows.map(({ named }) => named.personKey),
      rows.map(({ named }) => named.country),
      sealed,
    ]);
    const counts = { rows: before.rows + rows.length, people: before.people + (rowCount ?? 0) };
    const state = page.next === null ? ('taken' as const) : ('taking' as const);
    await tx.query(keepGathered, [audienceId, state, columns, counts.rows, counts.people, page.next]);
    return { audienceId, state, columns, ...counts, gatheredTo: page.next };
  });
}
