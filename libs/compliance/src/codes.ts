/**
 * Each refusal and hold, and the rule it comes from. The same literals stand in events, API answers, reports and the
 * console.
 */
export const ruleCodes = {
  'not-addressable': 'recipient-is-addressable',
  'no-consent': 'recipient-has-consented',
  stopped: 'recipient-has-not-stopped',
  'window-closed': 'inside-service-window',
  'template-not-approved': 'template-is-sendable',
  'template-paused': 'template-is-sendable',
  'parameters-mismatch': 'template-is-sendable',
  'marketing-paused-in-country': 'marketing-is-allowed-in-country',
  'country-not-served': 'country-is-served',
  'quiet-hours': 'within-quiet-hours',
  'frequency-cap': 'within-frequency-cap',
  'portfolio-limit': 'within-portfolio-limit',
  'marketing-budget': 'within-marketing-budget',
  'content-not-permitted': 'content-is-permitted',
  'health-content': 'health-content-stays',
  'sender-unable': 'sender-is-able',
  'spend-limit': 'within-spend-limit',
} as const;

export type RuleCode = keyof typeof ruleCodes;

export const isRuleCode = (code: string): code is RuleCode => Object.hasOwn(ruleCodes, code);
