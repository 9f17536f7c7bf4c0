import {
  TemplateApproved,
  TemplateCategoryChanged,
  TemplateDeleted,
  TemplateDisabled,
  TemplateDiscovered,
  TemplateDrafted,
  TemplatePaused,
  TemplateQualityChanged,
  TemplateReinstated,
  TemplateRejected,
  TemplateRevised,
  TemplateRevisionDrafted,
  TemplateSubmitted,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { Fold, Tx } from '@postrider/messaging';
import { template, type TemplateEvent, type TemplateState } from '../template/template.decider';
import { upsertTemplates } from './upsert-templates.sql';

const templateEvents = [
  TemplateDrafted,
  TemplateRevised,
  TemplateRevisionDrafted,
  TemplateSubmitted,
  TemplateApproved,
  TemplateRejected,
  TemplatePaused,
  TemplateReinstated,
  TemplateDisabled,
  TemplateCategoryChanged,
  TemplateQualityChanged,
  TemplateDeleted,
  TemplateDiscovered,
];

export const templatesReader = 'templates:templates';

interface Shown {
  readonly id: string;
  readonly workspaceId: string;
  streamVersion: number;
  shown: TemplateState;
  readonly createdAt: Date;
  changedAt: Date;
}

/** Every template as its stream has it. An event that is in the row already is passed over. */
export function templatesProjection(): Fold {
  return {
    kind: 'fold',
    name: templatesReader,
    hears: templateEvents,
    async handle(events, tx) {
      const rows = await loadShown(events, tx);
      for (const event of events) show(event, rows);
      const changed = [...rows.values()].filter((row) => row.shown !== undefined);
      if (changed.length > 0) await tx.query(upsertTemplates, columnsOf(changed));
    },
    async reset(tx) {
      await tx.query('delete from template');
    },
  };
}

async function loadShown(events: readonly RecordedEvent[], tx: Tx): Promise<Map<string, Shown>> {
  const { rows } = await tx.query<Shown>(
    `select id, workspace_id as "workspaceId", stream_version as "streamVersion", shown,
            created_at as "createdAt", changed_at as "changedAt"
       from template where id = any($1)`,
    [[...new Set(events.map((event) => event.streamId))]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function show(event: RecordedEvent, rows: Map<string, Shown>): void {
  const { streamId: id, workspaceId, streamVersion, at } = event;
  const row = rows.get(id) ?? { id, workspaceId, streamVersion: 0, shown: undefined, createdAt: at, changedAt: at };
  if (streamVersion <= row.streamVersion) return;
  row.shown = template.evolve(row.shown, event as RecordedEvent & TemplateEvent);
  row.streamVersion = streamVersion;
  row.changedAt = at;
  rows.set(id, row);
}

function columnsOf(rows: readonly Shown[]): unknown[] {
  return [
    rows.map((row) => row.id),
    rows.map((row) => row.workspaceId),
    rows.map((row) => row.shown?.accountId),
    rows.map((row) => row.shown?.definition.name),
    rows.map((row) => row.shown?.definition.language),
    rows.map((row) => row.shown?.state),
    rows.map((row) => row.shown?.metaTemplateId ?? null),
    rows.map((row) => row.streamVersion),
    rows.map((row) => JSON.stringify(row.shown)),
    rows.map((row) => row.createdAt),
    rows.map((row) => row.changedAt),
  ];
}
