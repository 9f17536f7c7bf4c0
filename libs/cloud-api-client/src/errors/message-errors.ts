import { backoffs, retry, row, wait, type ErrorRow } from './error-row';

/** Codes about a recipient: they concern one message, and the others go on. */
export const recipientErrors: readonly ErrorRow[] = [
  row(130403, 'fail', {
    code: 'user-blocked-by-us',
    meaning: 'The business has blocked this person',
    remedy: 'Unblock the person',
  }),
  row(130472, 'fail', {
    code: 'in-experiment',
    meaning: "The person is in Meta's marketing experiment; nothing was sent or billed",
    remedy: 'Use another way to reach the person',
  }),
  row(130497, 'fail', {
    code: 'country-barred',
    meaning: 'The business may not send to this country',
    remedy: "See Meta's messaging policy for the country",
  }),
  row(131021, 'fail', {
    code: 'recipient-is-sender',
    meaning: 'The recipient is the sending number',
    remedy: 'Send to another number',
  }),
  row(131026, 'fail', {
    code: 'undeliverable',
    meaning: 'Not on WhatsApp, or has not accepted its terms, or has an old app, or is blocked or sanctioned',
    remedy: 'Confirm the number by another way; do not retry',
  }),
  row(131030, 'fix', {
    code: 'recipient-not-allowed',
    meaning: 'A test number sends to its five allowed recipients only',
    remedy: "Add the recipient to the test number's list",
  }),
  row(131047, 'fail', {
    code: 'window-closed',
    meaning: 'More than 24 hours since the person last wrote',
    remedy: 'Send a template',
  }),
  wait(131049, 'contact', backoffs.marketingCap, {
    code: 'marketing-capped',
    meaning:
      'Held back for the health of the ecosystem: the person had enough marketing, or has a United States number',
    remedy: 'Wait at least a day; do not repeat',
  }),
  row(131050, 'revoke-consent', {
    code: 'marketing-stopped',
    meaning: 'The person stopped marketing from this business',
    remedy: 'Send no marketing until the person resumes it',
  }),
  wait(131056, 'pair', backoffs.pair, {
    code: 'pair-rate-limited',
    meaning: 'Too many messages from this number to this person in a short time',
    remedy: 'Slow down for this person; others are not affected',
  }),
  row(131062, 'fix', {
    code: 'user-id-not-supported',
    meaning: 'This message cannot go to a user id',
    remedy: 'Send to the phone number',
  }),
  row(137000, 'fix', {
    code: 'identity-changed',
    meaning: "The person's identity key is not the one expected",
    remedy: 'Verify the person again, then send with the new hash or without',
  }),
];

/** Codes about a sender or an account: they hold up more than one message. */
export const senderErrors: readonly ErrorRow[] = [
  wait(130429, 'sender', backoffs.throughput, {
    code: 'throughput-reached',
    meaning: "The number's messages a second are used up",
    remedy: 'Send slower',
  }),
  retry(131000, backoffs.transient, {
    code: 'meta-unknown',
    meaning: 'Meta failed for an unknown reason',
    remedy: 'Wait',
  }),
  row(131005, 'pause-account', {
    code: 'access-denied',
    meaning: 'The token has no access to this',
    remedy: 'Grant the permission to the token, and the business account to its user',
  }),
  retry(131016, backoffs.transient, {
    code: 'service-unavailable',
    meaning: 'A service of Meta is unavailable',
    remedy: 'Wait',
  }),
  row(131031, 'pause-account', {
    code: 'account-locked',
    meaning: 'The account is locked for breaking a policy, or data of the request could not be verified',
    remedy: "Check the account's health status",
  }),
  row(131035, 'fail', {
    code: 'no-storage-expired',
    meaning: 'No-Storage: the webhook could not be delivered in time',
    remedy: 'Keep the webhook reachable',
  }),
  row(131036, 'fix', {
    code: 'no-storage-restricted',
    meaning: 'No-Storage does not allow this',
    remedy: 'Check the storage setting',
  }),
  row(131037, 'pause-sender', {
    code: 'display-name-missing',
    meaning: 'The number has no approved display name',
    remedy: 'Have the display name approved',
  }),
  row(131042, 'pause-account', {
    code: 'payment-problem',
    meaning: 'The account has no valid payment method',
    remedy: 'Add a payment method in WhatsApp Manager',
  }),
  row(131044, 'fix', {
    code: 'call-payment-problem',
    meaning: 'Payment for calls failed',
    remedy: 'Check the payment method',
  }),
  row(131045, 'pause-sender', {
    code: 'certificate-missing',
    meaning: 'The number is not registered, or its certificate is wrong',
    remedy: 'Register the number',
    surelyRejected: true,
  }),
  wait(131048, 'sender', backoffs.spam, {
    code: 'spam-limited',
    meaning: 'The number is limited since many of its messages were blocked or reported',
    remedy: "Check the number's quality and send less",
  }),
  wait(131057, 'sender', backoffs.maintenance, {
    code: 'sender-in-maintenance',
    meaning: 'The number is in maintenance, for instance while its throughput is raised',
    remedy: 'Wait some minutes',
    surelyRejected: true,
  }),
  row(131063, 'fix', {
    code: 'marketing-off-cloud-api',
    meaning: 'Marketing by the Cloud API is off for this account',
    remedy: 'Send by the Marketing Messages API',
  }),
  wait(131064, 'account', backoffs.misclassified, {
    code: 'misclassification-limited',
    meaning: 'The account is limited for templates in the wrong category',
    remedy: 'Correct the categories and wait until Meta lifts it',
  }),
];
