import { backoffs, retry, row, wait, type ErrorRow } from './error-row';

const parameters = 'Correct the parameters';

/** Codes about what is sent: its shape, its media, its template, its flow. */
export const contentErrors: readonly ErrorRow[] = [
  row(131008, 'fix', { code: 'parameter-missing', meaning: 'A required parameter is missing', remedy: parameters }),
  row(131009, 'fix', {
    code: 'parameter-invalid',
    meaning: "A parameter's value is invalid, or the message it names is older than 30 days",
    remedy: parameters,
  }),
  row(131014, 'fix', {
    code: 'media-fetch-failed',
    meaning: 'The media address could not be fetched',
    remedy: 'Check the address',
  }),
  row(131051, 'fail', {
    code: 'type-unsupported',
    meaning: 'The message type is not supported',
    remedy: 'Use another type',
  }),
  row(131052, 'fail', {
    code: 'media-download-failed',
    meaning: "The person's file could not be fetched",
    remedy: 'Ask the person to send it again',
  }),
  row(131053, 'fix', {
    code: 'media-upload-failed',
    meaning: 'The file could not be taken: wrong type, too large, or its address failed',
    remedy: 'Check type and size, and that the address is public',
  }),
  row(131055, 'fix', {
    code: 'method-not-allowed',
    meaning: 'The call does not take this message, or the number does not take this call',
    remedy: 'Use the other send call',
  }),
  row(131059, 'fix', {
    code: 'cursor-expired',
    meaning: 'The paging cursor is invalid or has ended',
    remedy: 'Page again from the start',
  }),
  row(131060, 'fail', {
    code: 'message-unavailable',
    meaning: 'The received message is not available',
    remedy: 'Nothing',
  }),
  row(131061, 'fix', {
    code: 'max-price-template',
    meaning: 'A template with a maximum price goes by the Marketing Messages API only',
    remedy: 'Send by the Marketing Messages API',
  }),
  row(132000, 'fix', {
    code: 'template-parameter-count',
    meaning: "The number of parameters is not the template's",
    remedy: parameters,
  }),
  row(132001, 'fix', {
    code: 'template-missing',
    meaning: 'There is no approved template of this name and language',
    remedy: 'Sync the templates, and check name and language',
  }),
  row(132005, 'fix', {
    code: 'template-too-long',
    meaning: 'The text is too long with its variables filled in',
    remedy: 'Shorten the values',
  }),
  row(132007, 'fail', {
    code: 'template-breaks-policy',
    meaning: "The template breaks Meta's content policy",
    remedy: 'Change the template',
  }),
  row(132008, 'fix', {
    code: 'template-parameter-value',
    meaning: "A parameter's value does not fit",
    remedy: parameters,
  }),
  row(132012, 'fix', {
    code: 'template-parameter-format',
    meaning: "A parameter's format does not fit",
    remedy: parameters,
  }),
  row(132015, 'pause-template', {
    code: 'template-paused',
    meaning: 'The template is paused for low quality',
    remedy: 'Wait until it is approved again, or improve it',
  }),
  row(132016, 'pause-template', {
    code: 'template-disabled',
    meaning: 'The template is disabled for good',
    remedy: 'Make a new template',
  }),
  row(132018, 'fix', {
    code: 'template-invalid',
    meaning: 'The template or its parameters failed validation',
    remedy: parameters,
  }),
  row(132021, 'fix', {
    code: 'template-name-taken',
    meaning: 'A Direct Send name is that of an ordinary template',
    remedy: 'Use another name',
  }),
  row(132068, 'fix', { code: 'flow-blocked', meaning: 'The flow is blocked', remedy: 'Correct the flow' }),
  row(132069, 'fix', {
    code: 'flow-throttled',
    meaning: 'The flow is throttled to ten sends an hour',
    remedy: 'Correct the flow',
  }),
  row(134011, 'fix', {
    code: 'payments-terms-pending',
    meaning: 'The payments terms are not accepted',
    remedy: 'Accept the terms',
  }),
  row(134100, 'fix', {
    code: 'not-marketing',
    meaning: 'The Marketing Messages API takes marketing templates only',
    remedy: 'Send by the Cloud API',
  }),
  wait(134101, 'template', backoffs.templateSync, {
    code: 'template-syncing',
    meaning: 'The template is not yet known to the Marketing Messages API',
    remedy: 'Wait ten minutes',
  }),
  row(134102, 'fix', {
    code: 'template-not-onboarded',
    meaning: 'The template cannot be used by the Marketing Messages API',
    remedy: "Check the account's onboarding",
    surelyRejected: true,
  }),
  row(135000, 'fix', {
    code: 'request-invalid',
    meaning: "Something in the request's parameters is wrong",
    remedy: parameters,
  }),
  row(139200, 'fail', {
    code: 'direct-send-blocked',
    meaning: 'Direct Send is blocked for this account',
    remedy: 'Send templates',
  }),
  row(141002, 'pause-template', {
    code: 'template-not-approved',
    meaning: 'The template is not approved',
    remedy: 'Have it approved',
  }),
  retry(139103, backoffs.transient, {
    code: 'block-list-failed',
    meaning: 'The block list failed internally',
    remedy: 'Try again',
  }),
  row(139100, 'fix', {
    code: 'block-partly-failed',
    meaning: 'Some of the people could not be blocked or unblocked',
    remedy: 'See which failed, and why',
  }),
  row(139101, 'fail', { code: 'block-list-full', meaning: 'The block list is full (64,000)', remedy: 'Unblock some' }),
  retry(139102, backoffs.few, {
    code: 'block-list-busy',
    meaning: 'The block list was being changed at the same time',
    remedy: 'Read the list again, then try',
  }),
];
