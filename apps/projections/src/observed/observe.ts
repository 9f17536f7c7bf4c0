import type { RecordedEvent } from '@postrider/event-contracts';
import type { Tx } from '@postrider/messaging';
import { jsonbText } from '../jsonb-text';

/** A thing that events are about, and how one of them changes what is shown of it. */
export interface Observed {
  readonly kind: string;
  readonly id: string;
  apply(state: Shown): Shown;
}
export type Shown = Readonly<Record<string, unknown>>;

interface Row {
  kind: string;
  id: string;
  version: number;
  state: Shown;
}

/** Folds events of single streams into rows; a version that is not above the row's was folded before. */
export async function observe(
  table: 'sender_health' | 'template_catalogue',
  events: readonly RecordedEvent[],
  observed: (event: RecordedEvent) => Observed | undefined,
  tx: Tx,
): Promise<void> {
  const seen = events.flatMap((event) => {
    const what = observed(event);
    return what === undefined ? [] : [{ event, what }];
  });
  if (seen.length === 0) return;
  const { rows } = await tx.query<Row>(`select kind, id, version, state from ${table} where id = any($1::uuid[])`, [
    [...new Set(seen.map(({ what }) => what.id))],
  ]);
  const known = new Map(rows.map((row) => [`${row.kind} ${row.id}`, row]));
  const changed = new Map<string, Row & { workspace_id: string }>();
  for (const { event, what } of [...seen].sort((a, b) => a.event.streamVersion - b.event.streamVersion)) {
    const key = `${what.kind} ${what.id}`;
    const row = changed.get(key) ?? known.get(key);
    if (row !== undefined && row.version >= event.streamVersion) continue;
    changed.set(key, {
      ...{ kind: what.kind, id: what.id, workspace_id: event.workspaceId, version: event.streamVersion },
      state: what.apply(row?.state ?? {}),
    });
  }
  if (changed.size > 0) await tx.query(upsert(table), [jsonbText([...changed.values()])]);
}

const upsert = (table: string): string => `
insert into ${table} as o (kind, id, workspace_id, version, state)
select kind, id, workspace_id, version, state
from jsonb_to_recordset($1::jsonb) as r (kind text, id uuid, workspace_id uuid, version int, state jsonb)
on conflict (kind, id) do update set version = excluded.version, state = excluded.state
where excluded.version > o.version`;
