/** What no call to Meta can check, and a person must confirm before marketing is sent. */
export const readinessItems = [
  'messaging-policy-read',
  'commerce-policy-read',
  'business-verified',
  'payment-method-on-file',
  'opt-in-collected',
] as const;
export type ReadinessItem = (typeof readinessItems)[number];

/** What each item asks of a person. */
export const readinessTexts: Readonly<Record<ReadinessItem, string>> = {
  'messaging-policy-read': "Read WhatsApp's Business Messaging Policy; note its version or date.",
  'commerce-policy-read': "Read Meta's Commerce Policy; note its version or date.",
  'business-verified': "The business is verified in Meta's Security Centre.",
  'payment-method-on-file': 'A payment method is on file for the WhatsApp Business Account.',
  'opt-in-collected': 'The people to be written to gave their opt-in, and the proof is kept.',
};

/** The items that nobody has confirmed. */
export function missingItems(readiness: Readonly<Partial<Record<ReadinessItem, unknown>>>): ReadinessItem[] {
  return readinessItems.filter((item) => readiness[item] === undefined);
}
