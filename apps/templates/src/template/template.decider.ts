import type { Decider } from '@postrider/decider';
import type {
  EventOf,
  TemplateApproved,
  TemplateCategoryChanged,
  TemplateDefinition,
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
} from '@postrider/event-contracts';
import { editsIn30Days } from './edit-limit';
import { stateOfStatus } from './meta-status';

export type TemplateEvent = EventOf<
  | typeof TemplateDrafted
  | typeof TemplateRevised
  | typeof TemplateRevisionDrafted
  | typeof TemplateSubmitted
  | typeof TemplateApproved
  | typeof TemplateRejected
  | typeof TemplatePaused
  | typeof TemplateReinstated
  | typeof TemplateDisabled
  | typeof TemplateCategoryChanged
  | typeof TemplateQualityChanged
  | typeof TemplateDeleted
  | typeof TemplateDiscovered
>;

export type TemplateLife = 'draft' | 'submitted' | 'approved' | 'rejected' | 'paused' | 'disabled' | 'deleted';

export interface Template {
  readonly templateId: string;
  readonly accountId: string;
  readonly wabaId: string;
  /** The words in force, under the category that Meta has it in. */
  readonly definition: TemplateDefinition;
  /** New words for a template that Meta knows, not submitted yet. */
  readonly revision?: TemplateDefinition;
  readonly state: TemplateLife;
  readonly metaTemplateId?: string;
  readonly quality?: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  readonly rejection?: { readonly reason: string; readonly recommendation?: string };
  readonly pause?: { readonly reason?: string; readonly until?: string };
  readonly disabledBecause?: string;
  /** When new words were handed in while it was approved; the last that count. */
  readonly edits?: readonly string[];
}
export type TemplateState = Template | undefined;

export const template: Decider<TemplateState, TemplateEvent> = {
  initial: undefined,
  evolve(state, event) {
    switch (event.type) {
      case 'TemplateDrafted':
        return { ...event.data, state: 'draft' };
      case 'TemplateDiscovered':
        return discovered(event.data);
      default:
        return state && evolveKnown(state, event);
    }
  },
};

function discovered(data: EventOf<typeof TemplateDiscovered>['data']): Template {
  const { status, quality, rejectionReason, ...known } = data;
  const state = stateOfStatus(status) ?? 'submitted';
  return {
    ...known,
    state,
    quality,
    ...(rejectionReason === undefined || state !== 'rejected' ? {} : { rejection: { reason: rejectionReason } }),
    ...(state === 'paused' ? { pause: { reason: status } } : {}),
  };
}

function evolveKnown(state: Template, event: TemplateEvent): Template {
  switch (event.type) {
    case 'TemplateRevised':
      return { ...state, definition: event.data.definition, revision: undefined };
    case 'TemplateRevisionDrafted':
      return { ...state, revision: event.data.definition };
    case 'TemplateSubmitted':
      return {
        ...state,
        ...untroubled,
        ...submitted(state, event.data),
      };
    case 'TemplateApproved':
    case 'TemplateReinstated':
      return { ...state, ...untroubled, state: 'approved' };
    case 'TemplateRejected': {
      const { reason, recommendation } = event.data;
      return { ...state, ...untroubled, state: 'rejected', rejection: { reason, recommendation } };
    }
    case 'TemplatePaused':
      return {
        ...state,
        ...untroubled,
        state: 'paused',
        pause: { reason: event.data.reason, until: event.data.until },
      };
    case 'TemplateDisabled':
      return { ...state, ...untroubled, state: 'disabled', disabledBecause: event.data.reason };
    case 'TemplateCategoryChanged':
      return { ...state, definition: { ...state.definition, category: event.data.category } };
    case 'TemplateQualityChanged':
      return { ...state, quality: event.data.quality };
    case 'TemplateDeleted':
      return { ...state, state: 'deleted', revision: undefined };
    default:
      return state;
  }
}

function submitted(
  { edits = [] }: Template,
  { metaTemplateId, editedAt }: EventOf<typeof TemplateSubmitted>['data'],
): Pick<Template, 'state' | 'metaTemplateId' | 'edits'> {
  const more = editedAt === undefined ? {} : { edits: [...edits, editedAt].slice(-editsIn30Days) };
  return { state: 'submitted', metaTemplateId, ...more };
}

/** What no longer holds once Meta has put a template into another state. */
const untroubled = { rejection: undefined, pause: undefined, disabledBecause: undefined } as const;
