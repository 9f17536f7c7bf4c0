import { backoffs, retry, row, wait, type ErrorRow } from './error-row';

const token = 'Give the account a valid system-user token';
const permission = 'Grant the permission to the token, and the business account to its user';

/** Codes of the Graph API itself: tokens, permissions, call limits. */
export const graphErrors: readonly ErrorRow[] = [
  row(0, 'pause-account', {
    code: 'not-authenticated',
    meaning: 'The app user could not be authenticated',
    remedy: token,
  }),
  retry(1, backoffs.few, {
    code: 'api-unknown',
    meaning: 'The request is invalid, or the server failed',
    remedy: "Check the request, and Meta's status page",
  }),
  retry(2, backoffs.transient, { code: 'api-unavailable', meaning: 'The API is down or overloaded', remedy: 'Wait' }),
  row(3, 'fix', {
    code: 'capability-missing',
    meaning: 'The app lacks a capability or permission for this call',
    remedy: permission,
    surelyRejected: true,
  }),
  wait(4, 'app', backoffs.hourWindow, {
    code: 'app-rate-limited',
    meaning: 'The app made too many calls',
    remedy: 'Call less often',
  }),
  row(10, 'pause-account', {
    code: 'permission-denied',
    meaning: 'The permission is missing or was taken away',
    remedy: permission,
  }),
  ...[17, 32, 341, 613].map((code) =>
    wait(code, 'app', backoffs.hourWindow, {
      code: 'call-limit',
      meaning: 'A call limit of the Graph API was reached',
      remedy: 'Call less often',
    }),
  ),
  row(33, 'pause-sender', {
    code: 'unknown-phone-number',
    meaning: 'The phone number id is unknown or was deleted',
    remedy: 'Check the phone number id in WhatsApp Manager',
  }),
  row(100, 'fix', {
    code: 'invalid-parameter',
    meaning: 'A parameter is not supported, misspelt, invalid or too long, or its object is unknown',
    remedy: "Correct the parameter that the error's details name",
  }),
  row(102, 'pause-account', { code: 'session-invalid', meaning: 'The token is not valid', remedy: token }),
  row(104, 'pause-account', {
    code: 'token-unproven',
    meaning: 'The token is missing, or the app requires a proof with it',
    remedy: token,
  }),
  row(190, 'pause-account', { code: 'token-expired', meaning: 'The token is bad or has ended', remedy: token }),
  row(200, 'pause-account', {
    code: 'permission-not-granted',
    meaning: 'The permission is not granted',
    remedy: permission,
  }),
  row(368, 'pause-account', {
    code: 'account-restricted',
    meaning: 'The business account is restricted or disabled for breaking a policy',
    remedy: 'Read the violation in Business Support Home and appeal',
  }),
  wait(80007, 'account', backoffs.hourWindow, {
    code: 'account-rate-limited',
    meaning: 'The business account made too many management calls within the hour',
    remedy: 'Call less often',
  }),
];
