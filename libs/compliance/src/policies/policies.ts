import type { z } from 'zod';
import { defaultKeywords } from '../keywords/default-keywords';
import { CapsPolicy } from './caps';
import { CountriesPolicy } from './countries';
import { HealthPolicy } from './health';
import { KeywordsPolicy } from './keywords';
import { QuietHoursPolicy } from './quiet-hours';
import { RepliesPolicy } from './replies';
import { SpendPolicy } from './spend';

/** The policies there are, each with what it may say; parsing fills in the defaults. */
export const policySchemas = {
  caps: CapsPolicy,
  'quiet-hours': QuietHoursPolicy,
  countries: CountriesPolicy,
  keywords: KeywordsPolicy,
  replies: RepliesPolicy,
  spend: SpendPolicy,
  health: HealthPolicy,
} as const satisfies Record<string, z.ZodType>;

export type PolicyName = keyof typeof policySchemas;
export type Policies = { readonly [Name in PolicyName]: Readonly<z.infer<(typeof policySchemas)[Name]>> };

/** Whether there is a policy of this name. */
export const isPolicyName = (name: string): name is PolicyName => Object.hasOwn(policySchemas, name);

/**
 * What holds while nothing was put: no caps, no quiet hours, the countries that Meta excludes and its pause of marketing
 * in the United States, the built-in keywords, no answers, no limit on spend, no regulated trade.
 */
export const defaultPolicies: Policies = {
  caps: { caps: [] },
  'quiet-hours': QuietHoursPolicy.parse({}),
  countries: CountriesPolicy.parse({}),
  keywords: { includeDefaults: true, sets: [...defaultKeywords] },
  replies: { rules: [] },
  spend: SpendPolicy.parse({ currency: 'USD' }),
  health: HealthPolicy.parse({}),
};
