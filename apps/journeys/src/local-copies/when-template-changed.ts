import {
  TemplateApproved,
  TemplateCategoryChanged,
  TemplateDeleted,
  TemplateDisabled,
  TemplateDiscovered,
  TemplateDrafted,
  TemplatePaused,
  TemplateReinstated,
  TemplateRejected,
  TemplateRevised,
  TemplateSubmitted,
  type EventOf,
  type RecordedEvent,
  type TemplateDefinition,
} from '@postrider/event-contracts';
import type { Fold, Tx } from '@postrider/messaging';
import type { TemplateState } from './known.table';

const copied = {
  hears: [
    TemplateDrafted,
    TemplateDiscovered,
    TemplateRevised,
    TemplateSubmitted,
    TemplateApproved,
    TemplateRejected,
    TemplatePaused,
    TemplateReinstated,
    TemplateDisabled,
    TemplateCategoryChanged,
    TemplateDeleted,
  ],
} as const;

type Heard = RecordedEvent & EventOf<(typeof copied.hears)[number]>;

export const templateCopy = 'journeys:template-copy';

/** Keeps every template with its words and whether it may be sent. */
export function whenTemplateChanged(): Fold {
  return {
    kind: 'fold',
    name: templateCopy,
    hears: copied.hears,
    tables: ['known_template'],
    async handle(events, tx) {
      for (const event of events as readonly Heard[]) await keep(event, tx);
    },
  };
}

const stateByMetaStatus: Readonly<Record<string, TemplateState>> = {
  APPROVED: 'approved',
  PENDING: 'submitted',
  REJECTED: 'rejected',
  PAUSED: 'paused',
  DISABLED: 'disabled',
  DELETED: 'deleted',
};

const stateByEvent: Readonly<Record<string, TemplateState>> = {
  TemplateSubmitted: 'submitted',
  TemplateApproved: 'approved',
  TemplateReinstated: 'approved',
  TemplateRejected: 'rejected',
  TemplatePaused: 'paused',
  TemplateDisabled: 'disabled',
  TemplateDeleted: 'deleted',
};

async function keep(event: Heard, tx: Tx): Promise<void> {
  const { templateId } = event.data;
  const enter = async (state: TemplateState, accountId: string, definition: TemplateDefinition): Promise<void> => {
    await tx.query(
      `insert into known_template values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (template_id) do update set state = excluded.state, definition = excluded.definition`,
      [templateId, event.workspaceId, accountId, definition.name, definition.language, state, definition],
    );
  };
  switch (event.type) {
    case 'TemplateDrafted':
      return enter('draft', event.data.accountId, event.data.definition);
    case 'TemplateDiscovered':
      return enter(stateByMetaStatus[event.data.status] ?? 'draft', event.data.accountId, event.data.definition);
    case 'TemplateRevised':
      await tx.query('update known_template set definition = $2 where template_id = $1', [
        templateId,
        event.data.definition,
      ]);
      return;
    case 'TemplateCategoryChanged': {
      const change = `update known_template set definition = definition || jsonb_build_object('category', $2::text)
                       where template_id = $1`;
      await tx.query(change, [templateId, event.data.category]);
      return;
    }
    default:
      await tx.query('update known_template set state = $2 where template_id = $1', [
        templateId,
        stateByEvent[event.type],
      ]);
  }
}
