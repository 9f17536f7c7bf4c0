interface ErrorEntry {
  http: number;
  title: string;
  details?: string;
  type?: string;
}

const entry = (http: number, title: string, details?: string): ErrorEntry => ({
  http,
  title,
  ...(details && { details }),
});

/** Meta's codes with the HTTP status and the words they come with. Throttling is HTTP 400, as documented. */
export const errorTable: Readonly<Record<number, ErrorEntry>> = {
  0: { http: 401, title: 'We were unable to authenticate the app user.', type: 'AuthException' },
  1: entry(400, 'Invalid request or possible server error.'),
  2: entry(503, 'Service temporarily unavailable'),
  3: entry(500, 'Capability or permissions issue.'),
  4: entry(400, 'Application request limit reached'),
  10: entry(403, 'Application does not have permission for this action'),
  33: entry(400, 'The business phone number has been deleted.'),
  100: entry(400, 'Invalid parameter'),
  104: entry(401, 'An access token is required to request this resource.'),
  190: entry(401, 'Invalid OAuth access token.'),
  200: entry(403, 'Permissions error'),
  368: entry(
    403,
    'Temporarily blocked for policies violations',
    'The WhatsApp Business Account associated with the app has been restricted or disabled for violating a platform policy.',
  ),
  2200: entry(400, 'Callback verification failed'),
  2500: entry(400, 'Unknown path components'),
  80007: entry(400, 'Rate limit issues', 'The WhatsApp Business Account has reached its rate limit.'),
  130403: entry(400, 'User is blocked', 'The business has blocked this user.'),
  130429: entry(
    400,
    'Rate limit hit',
    'Message failed to send because there were too many messages sent from this phone number in a short period of time',
  ),
  130472: entry(
    400,
    "User's number is part of an experiment",
    "Failed to send message because this user's phone number is part of an experiment",
  ),
  130497: entry(
    403,
    'Business account is restricted from messaging users in this country.',
    'The WhatsApp Business Account is restricted from messaging to users in certain countries.',
  ),
  131000: entry(500, 'Something went wrong', 'Message failed to send due to an unknown error.'),
  131005: entry(403, 'Access denied'),
  131008: entry(400, 'Required parameter is missing'),
  131009: entry(400, 'Parameter value is not valid'),
  131016: entry(500, 'Service unavailable', 'A service is temporarily unavailable.'),
  131021: entry(400, 'Recipient cannot be sender', 'Sender and recipient phone number is the same.'),
  131026: entry(400, 'Message undeliverable', 'Message Undeliverable.'),
  131030: entry(
    400,
    'Recipient phone number not in allowed list',
    'Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again.',
  ),
  131031: entry(403, 'Business Account locked', 'Your account has been locked.'),
  131037: entry(400, 'WhatsApp provided number needs display name approval before message can be sent.'),
  131042: entry(
    400,
    'Business eligibility payment issue',
    'Message failed to send because there were one or more errors related to your payment method.',
  ),
  131045: entry(500, 'Incorrect certificate', 'Message failed to send due to a phone number registration error.'),
  131047: entry(
    400,
    'Re-engagement message',
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  ),
  131048: entry(
    400,
    'Spam rate limit hit',
    'Message failed to send because there are restrictions on how many messages can be sent from this phone number. This may be because too many previous messages were blocked or flagged as spam.',
  ),
  131049: entry(
    400,
    'This message was not delivered to maintain healthy ecosystem engagement.',
    'In order to maintain a healthy ecosystem engagement, the message failed to be delivered.',
  ),
  131050: entry(
    400,
    'Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business.',
    'Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business.',
  ),
  131051: entry(400, 'Message type unknown', 'Message type is currently not supported.'),
  131052: entry(400, 'Media download error', 'Unable to download the media sent by the user.'),
  131053: entry(400, 'Media upload error', 'Unable to upload the media used in the message.'),
  131055: entry(400, 'Method not allowed'),
  131056: entry(
    400,
    '(Business Account, Consumer Account) pair rate limit hit',
    'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.',
  ),
  131057: entry(500, 'Account in maintenance mode'),
  131059: entry(400, 'Invalid cursor', 'The cursor is invalid or has expired. Restart paging from the first page.'),
  131062: entry(400, 'Business-scoped User ID recipients are not supported for this message.'),
  131063: entry(400, 'Marketing messages are disabled on Cloud API for this WhatsApp Business Account.'),
  131064: entry(400, 'Account limited for template misclassification'),
  132000: entry(400, 'Number of parameters does not match the expected number of params'),
  132001: entry(404, 'Template name does not exist in the translation'),
  132005: entry(400, 'Translated text too long'),
  132007: entry(400, 'Template format character policy violated'),
  132012: entry(400, 'Parameter format does not match format in the created template'),
  132015: entry(
    400,
    'Template is paused',
    'Template is paused due to low quality so it cannot be sent in a template message.',
  ),
  132016: entry(
    400,
    'Template is disabled',
    'Template has been paused too many times due to low quality and is now permanently disabled.',
  ),
  132018: entry(400, 'Template parameters are not valid'),
  133000: entry(500, 'Incomplete deregistration'),
  133004: entry(503, 'Server temporarily unavailable'),
  133005: entry(400, 'Two step verification PIN mismatch', 'Two-step verification PIN incorrect.'),
  133006: entry(400, 'Phone number re-verification needed', 'Phone number needs to be verified before registering.'),
  133008: entry(400, 'Too many two step verification PIN guesses'),
  133010: entry(400, 'Phone number not registered', 'Phone number not registered on the WhatsApp Business Platform.'),
  133015: entry(400, 'Please wait a few minutes before attempting to register this phone number'),
  133016: entry(
    400,
    'Account register or deregister rate limit exceeded',
    'Registration or deregistration failed because there were too many attempts for this phone number in a short period of time.',
  ),
  134100: entry(
    400,
    'Only marketing messages supported',
    'Only marketing template messages may be sent by this endpoint.',
  ),
  134101: entry(400, 'Template is syncing'),
  134102: entry(500, 'Template unavailable'),
  135000: entry(
    400,
    'Generic user error',
    'Message failed to send because of an unknown error with your request parameters.',
  ),
  136025: entry(400, 'Verification code could not be confirmed', 'The code is wrong or has expired.'),
  137000: entry(400, 'Identity key mismatch', 'The recipient identity key hash does not match.'),
  139100: entry(400, 'Failed to block or unblock some users'),
  200005: entry(400, 'Template insights are not available'),
  200006: entry(400, 'Template insights cannot be disabled'),
  200007: entry(400, 'Template insights are not enabled'),
};

export const detailsOf = (code: number): string =>
  errorTable[code]?.details ?? errorTable[code]?.title ?? 'Unknown error';
