import { parseWebhook } from '@postrider/cloud-api-payloads';
import { derivedId } from '@postrider/keys';
import type { Fact, Reading } from '../translate/fact';
import { translateEntry } from '../translate/translate-entry';
import { delivery, nowSeconds, wabaId } from './deliveries';

export const reading: Reading = {
  workspaceId: '01900000-0000-7000-8000-000000000001',
  accountId: derivedId.account('01900000-0000-7000-8000-000000000001', wabaId),
  wabaId,
  identitySecret: Buffer.alloc(32, 7),
  receivedAt: new Date(nowSeconds * 1_000),
};

/** The facts of a body as it would come. */
export function factsOfText(text: string): Fact[] {
  const parsed = parseWebhook(text);
  if (!parsed.ok) throw new Error(parsed.error.because);
  return parsed.value.entries.flatMap((each) => translateEntry(reading, each));
}

export const factsOf = (...entries: Record<string, unknown>[]): Fact[] =>
  factsOfText(JSON.stringify(delivery(...entries)));

export function only(facts: readonly Fact[]): Fact {
  expect(facts).toHaveLength(1);
  return facts[0]!;
}
