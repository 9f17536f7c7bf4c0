/**
 * Each refusal and hold, and the rule it comes from. The same literals stand in events, API answers, reports and the
 * console. Rules that come later bring theirs.
 */
export const ruleCodes = {
  'not-addressable': 'recipient-is-addressable',
  'no-consent': 'recipient-has-consented',
  stopped: 'recipient-has-not-stopped',
  'window-closed': 'inside-service-window',
  'template-not-approved': 'template-is-sendable',
  'template-paused': 'template-is-sendable',
  'parameters-mismatch': 'template-is-sendable',
  'sender-unable': 'sender-is-able',
} as const;

export type RuleCode = keyof typeof ruleCodes;

export const isRuleCode = (code: string): code is RuleCode => Object.hasOwn(ruleCodes, code);
