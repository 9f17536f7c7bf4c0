import type { Entry } from './entry';

/** Findings about buttons. */
export const buttonEntries = {
  'button-count': {
    severity: 'error',
    meaning: 'There are no buttons in the list, or more than ten',
    remedy: 'Keep one to ten',
  },
  'button-kind-count': {
    severity: 'error',
    meaning: 'There are more buttons of a kind than allowed',
    remedy: 'Take some away',
  },
  'button-kind-unknown': {
    severity: 'error',
    meaning: "The button's type is not one of Meta's",
    remedy: 'Use a documented type',
  },
  'button-alone': {
    severity: 'error',
    meaning: 'A button that must be the only one has others beside it',
    remedy: 'Take the others away',
  },
  'button-grouping': {
    severity: 'error',
    meaning: 'Quick replies and other buttons are mixed',
    remedy: 'Put all quick replies together, before or after the others',
  },
  'button-text-too-long': {
    severity: 'error',
    meaning: "A button's text has more than 25 characters",
    remedy: 'Shorten it',
  },
  'button-text-variable': {
    severity: 'error',
    meaning: "A button's text has a variable",
    remedy: 'Write a fixed text',
  },
  'buttons-mobile-only': {
    severity: 'warning',
    meaning: 'With four buttons or more, or kinds mixed, the message does not show on desktop',
    remedy: 'Use at most three buttons of one group',
  },
  'url-invalid': {
    severity: 'error',
    meaning: 'The address is missing or is not http or https',
    remedy: 'Give a whole address',
  },
  'url-variable': {
    severity: 'error',
    meaning: 'The address has more than one variable, or not at its end',
    remedy: 'Use one variable, at the end',
  },
  'phone-number-invalid': {
    severity: 'error',
    meaning: 'The number is missing, or longer than 20 characters',
    remedy: 'Give the number with its country code',
  },
  'coupon-code-invalid': {
    severity: 'error',
    meaning: 'The sample code is missing or too long',
    remedy: 'Give a sample of at most 20 characters (15 in an offer with an end)',
  },
  'flow-missing': {
    severity: 'error',
    meaning: 'The flow button does not name exactly one flow',
    remedy: 'Give one of flow_id, flow_name and flow_json',
  },
  'button-text-missing': { severity: 'error', meaning: 'A button has no text', remedy: 'Write one' },
  'button-text-repeated': { severity: 'warning', meaning: 'Two buttons have the same text', remedy: 'Tell them apart' },
  'url-too-long': { severity: 'error', meaning: 'The address has more than 2,000 characters', remedy: 'Shorten it' },
} as const satisfies Record<string, Entry>;
