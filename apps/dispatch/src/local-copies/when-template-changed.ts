import type { TemplateFacts } from '@postrider/compliance';
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

type Heard = RecordedEvent &
  (
    | EventOf<typeof TemplateDrafted>
    | EventOf<typeof TemplateDiscovered>
    | EventOf<typeof TemplateRevised>
    | EventOf<typeof TemplateSubmitted>
    | EventOf<typeof TemplateApproved>
    | EventOf<typeof TemplateRejected>
    | EventOf<typeof TemplatePaused>
    | EventOf<typeof TemplateReinstated>
    | EventOf<typeof TemplateDisabled>
    | EventOf<typeof TemplateCategoryChanged>
    | EventOf<typeof TemplateDeleted>
  );

export const templateCopy = 'dispatch:template-copy';

/** Keeps every template with what may be sent of it. */
export function whenTemplateChanged(): Fold {
  return {
    kind: 'fold',
    name: templateCopy,
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
    tables: ['known_template'],
    async handle(events, tx) {
      for (const event of events as readonly Heard[]) await keep(event, tx);
    },
  };
}

/** A status that is not known yet may not be sent. */
const stateByMetaStatus: Readonly<Record<string, TemplateFacts['state']>> = {
  APPROVED: 'approved',
  PENDING: 'submitted',
  IN_APPEAL: 'submitted',
  REJECTED: 'rejected',
  PAUSED: 'paused',
  DISABLED: 'disabled',
  LIMIT_EXCEEDED: 'disabled',
  ARCHIVED: 'disabled',
  PENDING_DELETION: 'deleted',
  DELETED: 'deleted',
};

async function keep(event: Heard, tx: Tx): Promise<void> {
  const { templateId } = event.data;
  const set = async (column: string, value: unknown): Promise<void> => {
    await tx.query(`update known_template set ${column} = $2, version = $3 where template_id = $1`, [
      templateId,
      value,
      event.streamVersion,
    ]);
  };
  const toState = async (state: TemplateFacts['state'], pausedUntil?: string): Promise<void> => {
    await tx.query('update known_template set state = $2, paused_until = $3, version = $4 where template_id = $1', [
      templateId,
      state,
      pausedUntil ?? null,
      event.streamVersion,
    ]);
  };
  const enter = async (
    state: TemplateFacts['state'],
    accountId: string,
    definition: TemplateDefinition,
  ): Promise<void> => {
    const { name, language, category } = definition;
    await tx.query(
      `insert into known_template values ($1, $2, $3, $4, $5, $6, $7, null, $8, $9)
       on conflict (template_id) do update
         set state = excluded.state, category = excluded.category, definition = excluded.definition,
             paused_until = null, version = excluded.version`,
      [templateId, event.workspaceId, accountId, name, language, state, category, definition, event.streamVersion],
    );
  };
  switch (event.type) {
    case 'TemplateDrafted':
      return enter('draft', event.data.accountId, event.data.definition);
    case 'TemplateDiscovered':
      return enter(stateByMetaStatus[event.data.status] ?? 'draft', event.data.accountId, event.data.definition);
    case 'TemplateRevised':
      await set('category', event.data.definition.category);
      return set('definition', event.data.definition);
    case 'TemplateCategoryChanged':
      return set('category', event.data.category);
    case 'TemplateSubmitted':
      return toState('submitted');
    case 'TemplateApproved':
    case 'TemplateReinstated':
      return toState('approved');
    case 'TemplateRejected':
      return toState('rejected');
    case 'TemplatePaused':
      return toState('paused', event.data.until);
    case 'TemplateDisabled':
      return toState('disabled');
    case 'TemplateDeleted':
      return toState('deleted');
  }
}
