/** What a command to dispatch is told apart by: made from campaign, occurrence and recipient, and counted up by a retry. */
export interface CommandKey {
  readonly campaignId: string;
  readonly occurrence: number;
  readonly recipientId: string;
  readonly attempt: number;
}

export function commandKey({ campaignId, occurrence, recipientId, attempt }: CommandKey): string {
  return `campaign/${campaignId}/${occurrence}/${recipientId}/${attempt}`;
}

/** Undefined where the key is not one of ours. */
export function readCommandKey(key: string): CommandKey | undefined {
  const match = /^campaign\/([0-9a-f-]{36})\/(\d+)\/([0-9a-f-]{36})\/(\d+)$/.exec(key);
  if (!match) return undefined;
  const [, campaignId, occurrence, recipientId, attempt] = match as unknown as [string, string, string, string, string];
  return { campaignId, occurrence: Number(occurrence), recipientId, attempt: Number(attempt) };
}

/** The header that tells dispatch where a command comes from: the message's `origin`. */
export const originHeader = 'origin';
export const originOf = (campaignId: string): string => `campaign:${campaignId}`;
