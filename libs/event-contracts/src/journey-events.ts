import { z } from 'zod';
import { alarmEvents } from './alarm-events';
import { defineEvent } from './define-event';
import { Instant, Purpose } from './vocabulary';

const service = 'journeys';
const stream = 'campaign';

const liquid = z.string().max(2_000);
/** Values of a template's variables as Liquid over the recipient's row: by name, or a list in their order. */
const Variables = z.union([z.record(z.string().max(100), liquid), z.array(liquid).max(100)]);

/** Without `language` the recipient's own is looked for; `fallback` serves where that one is not approved. */
const CampaignTemplate = z.strictObject({
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(35).optional(),
  fallback: z.string().min(2).max(35).optional(),
});

const share = z.number().gt(0).max(1);
const then = z.enum(['pause', 'stop']).optional();
/** A share counts only once `floor` messages have an outcome. */
const ShareRule = z.strictObject({ threshold: share, floor: z.number().int().positive().optional(), then });

/** When a campaign ends by itself. What is left out has its standard; `false` turns a rule off. */
export const StopRules = z.strictObject({
  failureShare: z.union([ShareRule, z.literal(false)]).optional(),
  optOutShare: z.union([ShareRule, z.literal(false)]).optional(),
  qualityDrop: z.union([z.strictObject({ to: z.enum(['YELLOW', 'RED']), then }), z.literal(false)]).optional(),
  pausedTemplate: z.union([z.strictObject({ then }), z.literal(false)]).optional(),
  /** In the rate card's currency. */
  spend: z.union([z.strictObject({ limit: z.number().positive(), then }), z.literal(false)]).optional(),
});
export type StopRules = z.infer<typeof StopRules>;

const Comparable = z.union([z.string().max(500), z.number(), z.boolean()]);
/** One thing that is so of a contact: what `field` holds, compared. Words are compared without regard to case. */
const AudienceCondition = z.discriminatedUnion('op', [
  z.strictObject({ field: contactField(), op: z.enum(['is', 'isNot', 'contains']), value: Comparable }),
  /** Numbers with numbers, dates in ISO 8601 with dates, other words by their letters. */
  z.strictObject({ field: contactField(), op: z.enum(['above', 'below']), value: z.union([z.string(), z.number()]) }),
  z.strictObject({ field: contactField(), op: z.literal('oneOf'), value: z.array(Comparable).min(1).max(1_000) }),
  z.strictObject({ field: contactField(), op: z.enum(['exists', 'missing']) }),
]);
export type AudienceCondition = z.infer<typeof AudienceCondition>;

function contactField() {
  const pattern = /^(language|timeZone|country|name|attributes\..{1,100})$/;
  return z.string().regex(pattern, 'language, timeZone, country, name or attributes.<name>');
}

/** Which contacts are meant: all that are so by every part that is given. */
export const AudienceFilter = z.strictObject({
  /** The last word on being written to for this purpose; `unknown` where nobody said one. */
  consent: z.strictObject({ purpose: Purpose, state: z.enum(['granted', 'revoked', 'unknown']) }).optional(),
  all: z.array(AudienceCondition).max(50).optional(),
  any: z.array(AudienceCondition).min(1).max(50).optional(),
  none: z.array(AudienceCondition).max(50).optional(),
});
export type AudienceFilter = z.infer<typeof AudienceFilter>;

/** A list that is uploaded, or the contacts that a filter finds when an occurrence starts. */
const CampaignAudience = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('upload') }),
  z.strictObject({ kind: z.literal('contacts'), filter: AudienceFilter }),
]);

/** One message design to an audience. Holds Liquid, never values. */
export const CampaignDesign = z.strictObject({
  name: z.string().min(1).max(200),
  /** The channel's name or id. */
  channel: z.string().min(1).max(200),
  template: CampaignTemplate,
  variables: Variables.optional(),
  audience: CampaignAudience.optional(),
  /** An instant, or a local minute such as `2026-12-01T09:30` in `timeZone`; absent: when launched. */
  startAt: z.string().max(40).optional(),
  timeZone: z.string().max(60).optional(),
  ratePerSecond: z.number().positive().max(10_000).optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  stopRules: StopRules.optional(),
  recurrence: z
    .strictObject({
      /** Five fields: minute, hour, day of month, month, day of week; in `timeZone`. */
      cron: z.string().max(100),
      until: z.iso.datetime({ offset: true }).optional(),
      occurrencesMax: z.number().int().positive().optional(),
    })
    .optional(),
  experiment: z
    .strictObject({
      variants: z
        .array(
          z.strictObject({
            name: z.string().min(1).max(60),
            weight: z.number().positive().max(1_000),
            template: CampaignTemplate.optional(),
            variables: Variables.optional(),
          }),
        )
        .min(1)
        .max(10),
      /** The share of people who get nothing, to compare with. */
      holdout: z.number().min(0).max(0.9).optional(),
    })
    .optional(),
});
export type CampaignDesign = z.infer<typeof CampaignDesign>;

const campaign = { campaignId: z.uuid() };
/** 1, 2, 3 …: a campaign that recurs runs many times. */
const occurrence = { ...campaign, occurrence: z.number().int().positive() };

export const CampaignDrafted = defineEvent({
  service,
  stream,
  type: 'CampaignDrafted',
  summary: 'One message to many people was designed.',
  data: z.object({ ...campaign, design: CampaignDesign, by: z.string() }),
});
export const CampaignRevised = defineEvent({
  service,
  stream,
  type: 'CampaignRevised',
  summary: 'The design changed before launch; an approval given before no longer counts.',
  data: z.object({ ...campaign, design: CampaignDesign, by: z.string() }),
});
export const AudienceUploaded = defineEvent({
  service,
  stream,
  type: 'AudienceUploaded',
  summary: 'The people it goes to were listed. Replaces a list given before.',
  data: z.object({
    ...campaign,
    audienceId: z.uuid(),
    columns: z.array(z.string()),
    rows: z.number().int(),
    /** Each once. */
    people: z.number().int(),
    /** Rows that could not be taken; listed by line in the API, never here. */
    wrong: z.number().int(),
    repeated: z.number().int(),
  }),
});
export const CampaignApproved = defineEvent({
  service,
  stream,
  type: 'CampaignApproved',
  summary: 'Somebody who may approve said that it may go out.',
  data: z.object({ ...campaign, by: z.string() }),
});
export const CampaignScheduled = defineEvent({
  service,
  stream,
  type: 'CampaignScheduled',
  summary: 'It will start at this instant.',
  data: z.object({ ...occurrence, startAt: Instant }),
});
export const CampaignLaunched = defineEvent({
  service,
  stream,
  type: 'CampaignLaunched',
  summary: 'An occurrence began: recipients are planned and handed to dispatch.',
  data: z.object({ ...occurrence, audienceId: z.uuid() }),
});
export const RecipientsPlanned = defineEvent({
  service,
  stream,
  type: 'RecipientsPlanned',
  summary: 'For a batch of people it is settled what each gets; their parameters are frozen.',
  data: z.object({
    ...occurrence,
    batch: z.number().int().positive(),
    /** Who get a message, or are refused one at once. */
    people: z.number().int(),
    /** Of these, who lack a parameter. */
    refused: z.number().int(),
    /** Beside these, who get nothing, to compare with. */
    holdout: z.number().int(),
    /** Nobody is left to plan. */
    last: z.boolean(),
  }),
});
/** Why a rule ended it, with what it saw. */
const Rule = z.object({ name: z.string(), threshold: z.string(), seen: z.string() });
export const CampaignPaused = defineEvent({
  service,
  stream,
  type: 'CampaignPaused',
  summary: 'Nothing of it goes out until it is resumed.',
  data: z.object({ ...campaign, because: z.string(), rule: Rule.optional() }),
});
export const CampaignResumed = defineEvent({
  service,
  stream,
  type: 'CampaignResumed',
  summary: 'It goes on where it was paused.',
  data: z.object(campaign),
});
export const CampaignStopped = defineEvent({
  service,
  stream,
  type: 'CampaignStopped',
  summary: 'Nothing more of it goes out, ever; what has not left is cancelled.',
  data: z.object({ ...campaign, because: z.string(), rule: Rule.optional() }),
});
export const CampaignRetried = defineEvent({
  service,
  stream,
  type: 'CampaignRetried',
  summary: 'What failed, and only that, is sent once more.',
  data: z.object({ ...occurrence, retry: z.number().int().positive() }),
});
export const CampaignFinished = defineEvent({
  service,
  stream,
  type: 'CampaignFinished',
  summary: 'Nothing of the occurrence is open; each person is in exactly one bucket.',
  data: z.object({ ...occurrence, figures: z.record(z.string(), z.number()), nextAt: Instant.optional() }),
});

export const { AlarmRaised: JourneysAlarmRaised, AlarmCleared: JourneysAlarmCleared } = alarmEvents(service);
