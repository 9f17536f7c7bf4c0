import { z } from 'zod';
import { alarmEvents } from './alarm-events';
import { defineEvent, type EventDeclaration } from './define-event';
import { Instant, MetaObject, Quality, TemplateCategory } from './vocabulary';

const templateEvent = <Type extends string, Data extends z.ZodType>(
  type: Type,
  summary: string,
  data: Data,
): ReturnType<typeof defineEvent<Type, Data>> =>
  defineEvent({ service: 'templates', stream: 'template', type, summary, data } satisfies EventDeclaration<
    Type,
    Data,
    z.ZodNever
  >);

/** A template as Meta knows it: one name and language in one business account, `components` in Meta's spelling. */
export const TemplateDefinition = z.object({
  name: z.string(),
  language: z.string(),
  category: TemplateCategory,
  parameterFormat: z.enum(['POSITIONAL', 'NAMED']),
  components: z.array(MetaObject),
});
export type TemplateDefinition = z.infer<typeof TemplateDefinition>;

const id = { templateId: z.uuid() };
const owner = { accountId: z.uuid(), wabaId: z.string() };

export const TemplateDrafted = templateEvent(
  'TemplateDrafted',
  'A template was written; Meta does not know it yet.',
  z.object({ ...id, ...owner, definition: TemplateDefinition }),
);
export const TemplateRevised = templateEvent(
  'TemplateRevised',
  'The words of a template changed, here or at Meta.',
  z.object({ ...id, definition: TemplateDefinition }),
);
export const TemplateRevisionDrafted = templateEvent(
  'TemplateRevisionDrafted',
  'New words for a template that Meta knows were written down; the old ones stay in force until they are submitted.',
  z.object({ ...id, definition: TemplateDefinition }),
);
export const TemplateSubmitted = templateEvent(
  'TemplateSubmitted',
  "The template is in Meta's review.",
  z.object({
    ...id,
    metaTemplateId: z.string(),
    /** Of new words for an approved template: Meta takes only so many in a time. */
    editedAt: Instant.optional(),
  }),
);
export const TemplateApproved = templateEvent(
  'TemplateApproved',
  'Meta approved the template; it may be sent.',
  z.object(id),
);
export const TemplateRejected = templateEvent(
  'TemplateRejected',
  'Meta rejected the template.',
  z.object({ ...id, reason: z.string(), recommendation: z.string().optional() }),
);
export const TemplatePaused = templateEvent(
  'TemplatePaused',
  'Meta stopped the template for a time, after bad feedback or while pacing.',
  z.object({ ...id, reason: z.string().optional(), until: Instant.optional() }),
);
export const TemplateReinstated = templateEvent('TemplateReinstated', 'A pause of the template ended.', z.object(id));
export const TemplateDisabled = templateEvent(
  'TemplateDisabled',
  'Meta disabled the template for good.',
  z.object({ ...id, reason: z.string().optional() }),
);
export const TemplateCategoryChanged = templateEvent(
  'TemplateCategoryChanged',
  "Meta moved the template to another category; Meta's word wins.",
  z.object({ ...id, category: TemplateCategory, previous: TemplateCategory.optional() }),
);
export const TemplateQualityChanged = templateEvent(
  'TemplateQualityChanged',
  "People's feedback on the template changed.",
  z.object({ ...id, quality: Quality, previous: Quality.optional() }),
);
export const TemplateDeleted = templateEvent('TemplateDeleted', 'The template is gone, here or at Meta.', z.object(id));
export const TemplateDiscovered = templateEvent(
  'TemplateDiscovered',
  'A template made elsewhere was found at Meta.',
  z.object({
    ...id,
    ...owner,
    metaTemplateId: z.string(),
    definition: TemplateDefinition,
    /** Meta's status at the time, such as APPROVED or PENDING. */
    status: z.string(),
    quality: Quality.optional(),
    rejectionReason: z.string().optional(),
  }),
);

export const { AlarmRaised: TemplatesAlarmRaised, AlarmCleared: TemplatesAlarmCleared } = alarmEvents('templates');
