import { z } from 'zod';

/** ISO 8601 in UTC, milliseconds. */
export const Instant = z.iso.datetime();

export const purposes = ['marketing', 'transactional'] as const;
export const Purpose = z.enum(purposes);
export type Purpose = z.infer<typeof Purpose>;

export const unknownPolicies = ['resend', 'give-up', 'hold'] as const;
/** What happens to a message whose outcome stays unknown past the patience (DESIGN §7.7). */
export const UnknownPolicy = z.enum(unknownPolicies);
export type UnknownPolicy = z.infer<typeof UnknownPolicy>;

/** Fair shares 4 : 2 : 1 while all wait (DESIGN §7.3). */
export const Lane = z.enum(['authentication', 'utility', 'marketing']);
export type Lane = z.infer<typeof Lane>;

export const TemplateCategory = z.enum(['AUTHENTICATION', 'MARKETING', 'UTILITY']);
export type TemplateCategory = z.infer<typeof TemplateCategory>;

export const Quality = z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']);
export type Quality = z.infer<typeof Quality>;

/** One check of a connection: a line with ok, or what to do. */
export const Check = z.object({ name: z.string(), ok: z.boolean(), detail: z.string() });
export type Check = z.infer<typeof Check>;

export const RuleVerdict = z.object({
  rule: z.string(),
  verdict: z.enum(['pass', 'hold', 'refuse', 'skip']),
  because: z.string(),
  inputs: z.record(z.string(), z.unknown()),
});
export type RuleVerdict = z.infer<typeof RuleVerdict>;

/** Why a message may be sent now, must wait, or is refused: the rule, its inputs, the whole trail. Holds nothing personal. */
export const Decision = z.object({
  outcome: z.enum(['send', 'hold', 'refuse']),
  code: z.string().optional(),
  until: Instant.optional(),
  at: Instant,
  trail: z.array(RuleVerdict),
});
export type Decision = z.infer<typeof Decision>;

/** Where a message comes from. `id` names the campaign, the run or the message it answers. */
export const Origin = z.object({ kind: z.enum(['api', 'campaign', 'run', 'reply']), id: z.string().optional() });
export type Origin = z.infer<typeof Origin>;

/** What a message holds, without its words. */
export const ContentOutline = z.object({
  /** Cloud API message type. */
  type: z.string(),
  template: z
    .object({
      templateId: z.string().optional(),
      name: z.string(),
      language: z.string(),
      /** Whose wish the language was: the caller's, the person's, the fallback, the channel's, or the only one there is. */
      languageBy: z.enum(['asked', 'person', 'fallback', 'channel', 'only']).optional(),
      category: TemplateCategory.optional(),
    })
    .optional(),
});
export type ContentOutline = z.infer<typeof ContentOutline>;

/** A Cloud API failure, classified (facts: Meta's error codes). */
export const SendError = z.object({
  /** Meta's code, where Meta answered. */
  metaCode: z.number().int().optional(),
  /** Postrider's name for what to do: see cloud-api-client's error table. */
  code: z.string(),
  title: z.string(),
  /** Meta's `error_data.details`; may quote a parameter, so it stays in personal parts only when it does. */
  details: z.string().optional(),
  httpStatus: z.number().int().optional(),
});
export type SendError = z.infer<typeof SendError>;

/** A person as a caller names them. */
export const Recipient = z.object({ phone: z.string().optional(), userId: z.string().optional() });
export type Recipient = z.infer<typeof Recipient>;

/** A JSON object as Meta spells it, passed through unread. */
export const MetaObject = z.record(z.string(), z.unknown());
export type MetaObject = z.infer<typeof MetaObject>;
