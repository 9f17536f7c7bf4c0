import type { RecordedEvent } from '@postrider/event-contracts';
import type { Fold, Tx } from '@postrider/messaging';
import { configurationEvents, evolveConfigured, kindOf, type Kind } from './configured-states';
import { upsertConfigured } from './upsert-configured.sql';

interface Shown {
  readonly kind: Kind;
  readonly id: string;
  readonly workspaceId: string;
  streamVersion: number;
  state: unknown;
  readonly createdAt: Date;
  changedAt: Date;
}

export const configuredReader = 'configuration:configured';

/** Every configured thing as its stream has it. An event that is in the row already is passed over. */
export function configuredProjection(): Fold {
  return {
    kind: 'fold',
    name: configuredReader,
    hears: configurationEvents,
    async handle(events, tx) {
      const shown = await loadShown(events, tx);
      for (const event of events) show(event, shown);
      const rows = [...shown.values()].filter((row) => row.state !== undefined);
      if (rows.length > 0) await tx.query(upsertConfigured, columnsOf(rows));
    },
    async reset(tx) {
      await tx.query('delete from configured');
    },
  };
}

async function loadShown(events: readonly RecordedEvent[], tx: Tx): Promise<Map<string, Shown>> {
  const ids = [...new Set(events.map((event) => event.streamId))];
  const { rows } = await tx.query<Shown>(
    `select kind, id, workspace_id as "workspaceId", stream_version as "streamVersion", state,
            created_at as "createdAt", changed_at as "changedAt"
       from configured where id = any($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function show(event: RecordedEvent, shown: Map<string, Shown>): void {
  const kind = kindOf(event);
  if (kind === undefined) return;
  const { streamId: id, workspaceId, streamVersion, at } = event;
  const row = shown.get(id) ?? {
    kind,
    id,
    workspaceId,
    streamVersion: 0,
    state: undefined,
    createdAt: at,
    changedAt: at,
  };
  if (streamVersion <= row.streamVersion) return;
  row.state = evolveConfigured(kind, row.state, event);
  row.streamVersion = streamVersion;
  row.changedAt = at;
  shown.set(id, row);
}

function columnsOf(rows: readonly Shown[]): unknown[] {
  return [
    rows.map((row) => row.kind),
    rows.map((row) => row.id),
    rows.map((row) => row.workspaceId),
    rows.map((row) => row.streamVersion),
    rows.map((row) => JSON.stringify(row.state)),
    rows.map((row) => row.createdAt),
    rows.map((row) => row.changedAt),
  ];
}
