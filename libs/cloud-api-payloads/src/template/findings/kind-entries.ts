import type { Entry } from './entry';

/** Findings about kinds of template, and about what a template says. */
export const kindEntries = {
  'otp-misplaced': {
    severity: 'error',
    meaning: 'A one-time-password button is in another than an authentication template',
    remedy: 'Use category AUTHENTICATION',
  },
  'authentication-text': {
    severity: 'error',
    meaning: "An authentication template's text is Meta's own",
    remedy: 'Leave the text out; use add_security_recommendation',
  },
  'authentication-component': {
    severity: 'error',
    meaning: 'An authentication template has a header, or a component that it cannot have',
    remedy: 'Keep body, footer and the one button',
  },
  'authentication-expiration': {
    severity: 'error',
    meaning: 'code_expiration_minutes is not 1 to 90',
    remedy: 'Use 1 to 90',
  },
  'authentication-button': {
    severity: 'error',
    meaning: 'There is not exactly one button of type OTP: COPY_CODE, ONE_TAP or ZERO_TAP',
    remedy: 'Give the one OTP button',
  },
  'authentication-apps': {
    severity: 'error',
    meaning: 'One-tap and zero-tap need one to five apps, each with a package and a signature hash of 11 characters',
    remedy: 'Correct supported_apps',
  },
  'authentication-terms': {
    severity: 'error',
    meaning: 'Zero-tap needs zero_tap_terms_accepted',
    remedy: 'Accept the terms',
  },
  'offer-category': {
    severity: 'error',
    meaning: 'A limited-time offer is in another than a marketing template',
    remedy: 'Use category MARKETING',
  },
  'offer-text': {
    severity: 'error',
    meaning: "The offer's text is missing or has more than 16 characters",
    remedy: 'Write 1 to 16 characters',
  },
  'offer-header': {
    severity: 'error',
    meaning: "A limited-time offer's header is neither image nor video",
    remedy: 'Use an image or a video',
  },
  'offer-buttons': {
    severity: 'error',
    meaning: "A limited-time offer's buttons are not a code, if any, and then a link",
    remedy: 'Put COPY_CODE first, and a URL after it',
  },
  'card-header': {
    severity: 'error',
    meaning: "A card's header is not an image, a video or a product, or is not like the others'",
    remedy: 'Give all cards a header of one format',
  },
  'card-body-too-long': {
    severity: 'error',
    meaning: "A card's body has more than 160 characters",
    remedy: 'Shorten it',
  },
  'card-layout': {
    severity: 'error',
    meaning: 'Cards differ in their parts or their buttons',
    remedy: 'Give all cards the same parts, and the same buttons in the same order',
  },
  'promotional-in-utility': {
    severity: 'warning',
    meaning: 'A utility template has words of advertising',
    remedy: 'Make it a marketing template, or take them out',
  },
  'opt-out-missing': {
    severity: 'warning',
    meaning: 'A marketing template offers no way to stop',
    remedy: 'Add a quick reply such as Stop promotions',
  },
  'barred-goods': {
    severity: 'warning',
    meaning: "The text names goods that Meta's commerce policy bars or limits",
    remedy: 'Check the policy for what is sold and where',
  },
  'shortened-link': {
    severity: 'warning',
    meaning: 'A link is shortened, so that nobody sees where it leads',
    remedy: "Use the business's own domain",
  },
  'chat-link': {
    severity: 'warning',
    meaning: 'A link leads to WhatsApp itself',
    remedy: "Use the business's own domain",
  },
  'sensitive-request': {
    severity: 'warning',
    meaning: 'The text asks for a card number, an account number or an identity number',
    remedy: 'Do not ask for it in a message',
  },
  'offer-footer': { severity: 'error', meaning: 'A limited-time offer has a footer', remedy: 'Take the footer away' },
  'card-count': { severity: 'error', meaning: 'There are fewer than 2 cards or more than 10', remedy: 'Use 2 to 10' },
  'card-buttons': { severity: 'error', meaning: 'A card has no button, or more than two', remedy: 'Use one or two' },
} as const satisfies Record<string, Entry>;
