import { createHash } from 'node:crypto';
import type { FieldReading } from '@postrider/cloud-api-payloads';
import { AccountChangeReported, SenderChangeReported, TemplateChangeReported } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { NotUnderstood, type Fact, type Reading } from './fact';

const ofTemplate = new Set([
  'message_template_status_update',
  'message_template_quality_update',
  'message_template_components_update',
  'template_category_update',
]);
const ofSender = new Set([
  'phone_number_quality_update',
  'phone_number_name_update',
  'business_username_update',
  'account_settings_update',
  'security',
]);
const ofAccount = new Set([
  'account_update',
  'account_review_update',
  'account_alerts',
  'business_capability_update',
  'business_status_update',
  'payment_configuration_update',
  'partner_solutions',
  'flows',
  'template_correct_category_detection',
]);

/** Whether a field tells of the account, its numbers or its templates, and not of people. */
export const isAccountSide = (field: string): boolean =>
  ofTemplate.has(field) || ofSender.has(field) || ofAccount.has(field);

type Read = Extract<FieldReading, { kind: 'read' }>;

/** What Meta did to a template, a number or the account, as Meta put it; the owners of those decide what it means. */
export function translateAccountSide(reading: Reading, { field, value, raw }: Read): Fact {
  const change = withoutPeople(raw);
  if (ofTemplate.has(field)) return report(reading, field, raw, templateEvent(reading, field, value, change));
  if (ofSender.has(field)) return report(reading, field, raw, senderEvent(reading, field, value, change));
  return report(reading, field, raw, AccountChangeReported.of({ ...common(reading, field), change }));
}

/** An error that Meta tells of a number and not of a message, such as a throughput that was exceeded. */
export function translateNumberError(reading: Reading, phoneNumberId: string, error: Record<string, unknown>): Fact {
  const change = { phone_number_id: phoneNumberId, error };
  const event = SenderChangeReported.of({ ...common(reading, 'messages'), change, phoneNumberId });
  return report(reading, 'messages', change, event);
}

type Change = Record<string, unknown>;

function common({ accountId, wabaId, entryTime, receivedAt }: Reading, field: string) {
  const reportedAt = entryTime === undefined ? receivedAt : new Date(entryTime * 1_000);
  return { accountId, wabaId, field, reportedAt: reportedAt.toISOString() };
}

function templateEvent(reading: Reading, field: string, value: Change, change: Change): Fact['event'] {
  const { message_template_id: id, message_template_name: name, message_template_language: language } = value;
  if (typeof id !== 'string' || typeof name !== 'string' || typeof language !== 'string')
    throw new NotUnderstood('it does not name its template');
  const named = { metaTemplateId: id, templateName: name, templateLanguage: language };
  return TemplateChangeReported.of({ ...common(reading, field), change, ...named });
}

function senderEvent(reading: Reading, field: string, value: Change, change: Change): Fact['event'] {
  const { display_phone_number: displayPhoneNumber, phone_number_id: phoneNumberId } = value;
  return SenderChangeReported.of({
    ...common(reading, field),
    change,
    ...(typeof displayPhoneNumber === 'string' ? { displayPhoneNumber } : {}),
    ...(phoneNumberId === undefined ? {} : { phoneNumberId: String(phoneNumberId) }),
  });
}

/** Who asked for a PIN is a person; the rest of these fields names none. */
function withoutPeople(raw: Readonly<Record<string, unknown>>): Change {
  const { requester: _, ...change } = raw;
  return change;
}

/** That the business declined to share the history of a number. */
export function translateDeclined(reading: Reading, phoneNumberId: string, errors: readonly unknown[]): Fact {
  const change = { phone_number_id: phoneNumberId, errors };
  return report(
    reading,
    'history',
    change,
    SenderChangeReported.of({ ...common(reading, 'history'), change, phoneNumberId }),
  );
}

/**
 * Meta gives these no id, and times in whole seconds: what it says in other words is another report, and what it says in
 * the same words of the same second cannot be told from its own repetition. With its time of the entry, the same report is one event. Without one, two equal reports within
 * an hour are taken for a repetition: a template approved, paused and approved again takes longer.
 */
function report(reading: Reading, field: string, raw: Readonly<Change>, event: Fact['event']): Fact {
  const { accountId, entryTime, receivedAt } = reading;
  const when = entryTime === undefined ? `hour ${Math.floor(receivedAt.getTime() / 3_600_000)}` : String(entryTime);
  const hash = createHash('sha256').update(JSON.stringify(raw)).digest('hex');
  const streamId = derivedId.accountSide(accountId);
  return {
    id: derivedId.fact('report', accountId, field, hash, when),
    streamId,
    orderingKey: streamId,
    aliasKeys: [],
    event,
  };
}
