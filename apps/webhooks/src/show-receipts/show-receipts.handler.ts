import { pageOf, pageQuery, readCursor, type Page } from '@postrider/service-host';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { KnownApps } from '../delivery/known-apps';
import { leastIdAt } from '@postrider/keys';
import type { SealedBodies } from '../receipts/sealed-bodies';

export const ReceiptsQuery = pageQuery.extend({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  phoneNumberId: z.string().max(40).optional(),
  quarantined: z.enum(['true', 'false']).optional(),
});
export type ReceiptsQuery = z.infer<typeof ReceiptsQuery>;

const Cursor = z.tuple([z.uuid()]);
/** A list shows bodies up to this size; a larger one is shown with its own receipt. */
const listedBytesMax = 64 * 1024;
const columns =
  'id, received_at, app_id, workspace_ids, waba_ids, phone_number_ids, quarantined, facts, coalesce(bytes, length(body)) as bytes, bytes is null as open';

interface Row {
  id: string;
  received_at: Date;
  app_id: string;
  workspace_ids: string[];
  waba_ids: string[];
  phone_number_ids: string[];
  quarantined: string | null;
  facts: number;
  bytes: number;
  /** Not sealed yet. */
  open: boolean;
  body: Buffer | null;
}

export interface Viewer {
  readonly workspaceId: string;
  /** Bodies hold numbers, names and words. */
  readonly seesPeople: boolean;
}

/** Deliveries as they came. */
export function showReceipts(deps: { pool: Pool; apps: Pick<KnownApps, 'current'>; bodies: SealedBodies }) {
  const { pool, apps } = deps;
  /** Only for who may see people; the others are shown none. */
  const opened = async (rows: readonly Row[], { seesPeople }: Viewer): Promise<Row[]> => {
    if (!seesPeople) return rows.map((row) => ({ ...row, body: null }));
    const stored = rows.map((row) => ({ ...row, bytes: row.open ? null : row.bytes }));
    const bodies = await deps.bodies.open(stored);
    return rows.map((row, at) => ({ ...row, body: bodies[at] ?? null }));
  };
  return {
    /** The newest first. */
    async list(query: ReceiptsQuery, viewer: Viewer): Promise<Page<unknown>> {
      const values: unknown[] = [viewer.workspaceId];
      const bind = (value: unknown): string => `$${values.push(value)}`;
      const conditions = ['$1 = any(workspace_ids)'];
      if (query.from !== undefined) conditions.push(`id >= ${bind(leastIdAt(new Date(query.from)))}`);
      if (query.to !== undefined) conditions.push(`id < ${bind(leastIdAt(new Date(query.to)))}`);
      if (query.phoneNumberId !== undefined) conditions.push(`${bind(query.phoneNumberId)} = any(phone_number_ids)`);
      if (query.quarantined !== undefined)
        conditions.push(`quarantined is ${query.quarantined === 'true' ? 'not null' : 'null'}`);
      if (query.after !== undefined) conditions.push(`id < ${bind(readCursor(Cursor, query.after)[0])}`);
      const { rows } = await pool.query<Row>(
        `select ${columns}, case when length(body) <= ${listedBytesMax} then body end as body from receipt
         where ${conditions.join(' and ')} order by id desc limit ${query.limit + 1}`,
        values,
      );
      const own = await ownAccounts(viewer);
      return pageOf(await opened(rows, viewer), query.limit, {
        row: (row) => receiptAnswer(row, viewer, own),
        cursor: (row) => [row.id],
      });
    },
    async show(id: string, viewer: Viewer): Promise<unknown> {
      const { rows } = await pool.query<Row>(
        `select ${columns}, body from receipt where id = $2 and $1 = any(workspace_ids)`,
        [viewer.workspaceId, id],
      );
      const [row] = await opened(rows, viewer);
      return row && receiptAnswer(row, viewer, await ownAccounts(viewer));
    },
  };

  async function ownAccounts({ workspaceId }: Viewer): Promise<ReadonlySet<string>> {
    const known = await apps.current();
    const accounts = known.flatMap((app) => app.accounts).filter((account) => account.workspaceId === workspaceId);
    return new Set(accounts.map(({ wabaId }) => wabaId));
  }
}

function receiptAnswer(row: Row, { seesPeople }: Viewer, own: ReadonlySet<string>) {
  const shared = row.workspace_ids.length > 1;
  const body = row.body?.toString('utf8');
  return {
    id: row.id,
    receivedAt: row.received_at.toISOString(),
    appId: row.app_id,
    wabaIds: shared ? row.waba_ids.filter((id) => own.has(id)) : row.waba_ids,
    phoneNumberIds: shared ? [] : row.phone_number_ids,
    quarantined: row.quarantined,
    facts: row.facts,
    bytes: row.bytes,
    ...(seesPeople && body !== undefined ? (shared ? { body: ownEntries(body, own), partial: true } : { body }) : {}),
  };
}

/** Of a delivery for several workspaces, what is the caller's. */
function ownEntries(body: string, own: ReadonlySet<string>): string {
  try {
    const { entry, ...rest } = JSON.parse(body) as { entry: { id: unknown }[] };
    return JSON.stringify({ ...rest, entry: entry.filter(({ id }) => own.has(String(id))) });
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return '';
    throw error;
  }
}

export const ShowReceipts = Symbol('ShowReceipts');
export type ShowReceipts = ReturnType<typeof showReceipts>;
