import { backoffs, retry, row, wait, type ErrorRow } from './error-row';

const many = (codes: readonly number[], make: (code: number) => ErrorRow): ErrorRow[] => codes.map(make);

/** Codes of registration, of template management, and of set-up. */
export const managementErrors: readonly ErrorRow[] = [
  row(133000, 'fix', {
    code: 'deregister-incomplete',
    meaning: 'An earlier deregistration did not finish',
    remedy: 'Deregister again, then register',
    surelyRejected: true,
  }),
  retry(133004, backoffs.transient, {
    code: 'server-unavailable',
    meaning: 'The server is unavailable for a while',
    remedy: 'Wait',
    surelyRejected: true,
  }),
  row(133005, 'fix', {
    code: 'pin-wrong',
    meaning: 'The two-step PIN is wrong',
    remedy: 'Give the right PIN or reset it',
  }),
  row(133006, 'fix', {
    code: 'number-not-verified',
    meaning: 'The number must be verified first',
    remedy: 'Request and verify a code',
  }),
  wait(133008, 'sender', backoffs.minutes, {
    code: 'pin-tries-exhausted',
    meaning: 'Too many wrong PINs',
    remedy: "Wait as the error's details say",
  }),
  wait(133009, 'sender', backoffs.minutes, {
    code: 'pin-too-fast',
    meaning: 'PINs were tried too fast',
    remedy: "Wait as the error's details say",
  }),
  row(133010, 'pause-sender', {
    code: 'number-not-registered',
    meaning: 'The number is not registered',
    remedy: 'Register the number',
  }),
  wait(133015, 'sender', backoffs.minutes, {
    code: 'number-being-deleted',
    meaning: 'The number was deleted and is not yet free',
    remedy: 'Wait five minutes',
  }),
  wait(133016, 'sender', backoffs.threeDays, {
    code: 'register-limit',
    meaning: 'Registered or deregistered ten times within 72 hours',
    remedy: 'Wait 72 hours',
  }),
  row(1752041, 'fail', { code: 'already-requested', meaning: 'Onboarding was asked for already', remedy: 'Nothing' }),
  ...many([200005, 200006, 200007], (code) =>
    row(code, 'fix', {
      code: 'insights-unavailable',
      meaning: 'Template insights are not available, not on, or cannot be turned off',
      remedy: 'Turn insights on in WhatsApp Manager',
    }),
  ),
  ...many([2388001, 2388012, 2388091, 2388093, 2388103], (code) =>
    row(code, 'fix', {
      code: 'number-migration',
      meaning: "The number's verification or migration failed",
      remedy: "Read the error's details",
    }),
  ),
  row(2388019, 'fix', {
    code: 'template-quota',
    meaning: 'The account has as many templates as it may',
    remedy: 'Delete some',
  }),
  row(2388039, 'fix', {
    code: 'template-status-fixed',
    meaning: "The template's status cannot be changed now",
    remedy: 'Wait until the status changes',
  }),
  row(2388040, 'fix', { code: 'template-length', meaning: 'A part of the template is too long', remedy: 'Shorten it' }),
  row(2388047, 'fix', {
    code: 'template-header-format',
    meaning: "The header's format is wrong",
    remedy: 'Correct the header',
  }),
  row(2388072, 'fix', {
    code: 'template-body-format',
    meaning: "The body's format is wrong",
    remedy: 'Correct the body',
  }),
  row(2388073, 'fix', {
    code: 'template-footer-format',
    meaning: "The footer's format is wrong",
    remedy: 'Correct the footer',
  }),
  row(2388293, 'fix', {
    code: 'template-variable-density',
    meaning: 'The template has too many variables for its length',
    remedy: 'Write more text round the variables, or use fewer',
  }),
  row(2388299, 'fix', {
    code: 'template-variable-edge',
    meaning: 'A variable stands first or last',
    remedy: 'Put text before and after it',
  }),
  ...many([2388318, 2388330], (code) =>
    row(code, 'fail', {
      code: 'template-generated',
      meaning: 'A template that Meta made cannot be changed',
      remedy: 'Make a template of your own',
    }),
  ),
  wait(2494100, 'sender', backoffs.maintenance, {
    code: 'number-in-maintenance',
    meaning: 'The number is in maintenance',
    remedy: 'Wait some minutes',
  }),
  ...many([2494164, 2494165, 2494166, 2494167, 2494168, 2494176, 2494177, 2494179], (code) =>
    row(code, 'fix', {
      code: 'signup-invalid',
      meaning: "The sign-up's data failed validation",
      remedy: "Read the error's details",
    }),
  ),
  ...many([2593079, 2593085], (code) =>
    row(code, 'fail', {
      code: 'on-behalf-migration',
      meaning: 'Migration on behalf of a business is deprecated',
      remedy: 'Nothing',
    }),
  ),
  ...many([2593107, 2593108], (code) =>
    row(code, 'fix', {
      code: 'coexistence-sync',
      meaning: 'The sync was asked for twice, or too late',
      remedy: 'Onboard again',
    }),
  ),
  ...many([147001, 147002, 147003, 147004, 147005], (code) =>
    row(code, 'fix', {
      code: 'username-refused',
      meaning: 'The username is taken, or may not be had',
      remedy: "Read the error's details",
    }),
  ),
];
