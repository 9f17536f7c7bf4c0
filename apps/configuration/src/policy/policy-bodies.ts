import { Purpose } from '@postrider/event-contracts';
import { z } from 'zod';
import { Caps } from '../channel/caps';
import { QuietHours } from '../channel/quiet-hours';

const Country = z.string().regex(/^[A-Z]{2}$/, 'a country by its two capital letters (ISO 3166)');
const Language = z.string().regex(/^[a-z]{2,3}$/, 'a language by its two or three letters');
const Words = z.array(z.string().trim().min(1).max(100)).min(1).max(200);
const Reply = z.strictObject({ text: z.string().trim().min(1).max(4096) });

const Keywords = z.strictObject({
  sets: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(100),
        does: z.enum(['opt-out', 'opt-in', 'help', 'reply']),
        words: Words,
        language: Language.optional(),
        /** Which consent an opt-out or opt-in is about; without it marketing. */
        purpose: Purpose.optional(),
        match: z.enum(['whole', 'contains']).default('whole'),
        reply: Reply.optional(),
      }),
    )
    .max(200),
});

const Countries = z.strictObject({
  /** Countries that are not served at all. */
  notServed: z.array(Country).max(250).default([]),
  /** Dated entries such as Meta's pause of marketing to United States numbers. */
  marketingPaused: z
    .array(
      z.strictObject({
        country: Country,
        from: z.iso.date(),
        until: z.iso.date().optional(),
        because: z.string().max(500),
      }),
    )
    .max(250)
    .default([]),
});

const Replies = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        when: z.enum(['first-message', 'outside-hours', 'no-keyword', 'after-opt-out', 'after-opt-in']),
        language: Language.optional(),
        reply: Reply,
        /** Not again to the same contact within this time. */
        everyHours: z.number().positive().max(8760).default(24),
      }),
    )
    .max(100),
  hours: QuietHours.optional(),
});

const Spend = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency by its three capital letters (ISO 4217)'),
  perDay: z.number().nonnegative().optional(),
  perMonth: z.number().nonnegative().optional(),
  /** The workspace's own rate card: price of one delivered message. */
  rates: z
    .array(
      z.strictObject({
        country: Country.optional(),
        category: z.enum(['marketing', 'utility', 'authentication', 'authentication-international', 'service']),
        price: z.number().nonnegative(),
        from: z.iso.date().optional(),
      }),
    )
    .max(5_000)
    .default([]),
});

/** The policies there are, each with what it may say. */
export const policyBodies = {
  caps: z.strictObject({ caps: Caps }),
  'quiet-hours': QuietHours,
  countries: Countries,
  keywords: Keywords,
  replies: Replies,
  spend: Spend,
} as const satisfies Record<string, z.ZodType>;
export type PolicyName = keyof typeof policyBodies;

/** Whether there is a policy of this name. */
export const isPolicyName = (name: string): name is PolicyName => Object.hasOwn(policyBodies, name);
