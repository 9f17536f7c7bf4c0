import {
  isMessageField,
  readField,
  readMessages,
  readPreferences,
  recipientOf,
  senderOf,
  type FieldReading,
  type Item,
  type Metadata,
  type MessagesValue,
  type WebhookChange,
  type WebhookEntry,
} from '@postrider/cloud-api-payloads';
import { NotUnderstood, type Fact, type Reading } from './fact';
import { isAccountSide, translateAccountSide, translateNumberError } from './translate-account-side';
import { translateActivity, translateAddressBook, translateGroup } from './translate-activity';
import { translateCall } from './translate-call';
import { translateEcho } from './translate-echo';
import { translateHandover } from './translate-handover';
import { translateHistory } from './translate-history';
import { translateMessage } from './translate-message';
import { translatePreference } from './translate-preference';
import { translateStatus } from './translate-status';
import { translateUnrecognised } from './translate-unrecognised';
import { translateUserId } from './translate-user-ids';

/** Every change, message and status of an entry as facts. What is not understood is one too, and the rest goes on. */
export function translateEntry(reading: Reading, entry: WebhookEntry): Fact[] {
  const dated = entry.time === undefined ? reading : { ...reading, entryTime: entry.time };
  return [
    ...entry.changes.flatMap((change) => translateChange(dated, change)),
    ...entry.unrecognised.map((raw) =>
      translateUnrecognised(dated, { field: 'none', because: 'it is not a field with a value', raw }),
    ),
  ];
}

function translateChange(reading: Reading, change: WebhookChange): Fact[] {
  const { field, value } = change;
  if (isMessageField(field)) return translateMessages(reading, field, readMessages(value));
  if (field === 'user_preferences') {
    const { metadata, preferences } = readPreferences(value);
    return each(reading, field, preferences, (preference) =>
      translatePreference(reading, { phoneNumberId: numberOf(metadata), preference }),
    );
  }
  const keep = (because: string) => [translateUnrecognised(reading, { field, because, raw: value })];
  const read = readField(change);
  if (read.kind === 'unknown-field') return keep('the field is not known');
  if (read.kind === 'broken') return keep(problemsText(read.problems));
  if (isAccountSide(field)) return attempt(reading, field, value, () => translateAccountSide(reading, read));
  return translateRead(reading, read) ?? keep('the field is not taken in');
}

/** Fields about people, beside messages and preferences; undefined for one that is not taken in. */
function translateRead(reading: Reading, read: Extract<FieldReading, { kind: 'read' }>): Fact[] | undefined {
  const { field } = read;
  const trying = (raw: unknown, translate: () => Fact) => attempt(reading, field, raw, translate);
  if (field === 'user_id_update') {
    const { metadata, user_id_update: updates } = read.value;
    return updates.flatMap((update) => trying(update, () => translateUserId(reading, numberOf(metadata), update)));
  }
  if (field === 'calls') {
    const { metadata, calls = [], statuses = [] } = read.value;
    return [...calls, ...statuses].flatMap((call) => trying(call, () => translateCall(reading, { metadata, call })));
  }
  if (field === 'messaging_handovers')
    return trying(read.raw, () => translateHandover(reading, { value: read.value, raw: read.raw }));
  if (field === 'history') {
    const { metadata, history } = read.value;
    const { contacts } = readMessages(read.raw);
    return history.flatMap((chunk) => translateHistory(reading, { metadata, contacts, chunk, attempt: trying }));
  }
  return translateActivities(reading, read, trying);
}

type Trying = (raw: unknown, translate: () => Fact) => Fact[];

/** What Meta tells of groups, of address books and of what came of advertisements. */
function translateActivities(
  reading: Reading,
  read: Extract<FieldReading, { kind: 'read' }>,
  trying: Trying,
): Fact[] | undefined {
  const { contacts } = readMessages(read.raw);
  switch (read.field) {
    case 'smb_app_state_sync': {
      const { metadata, state_sync: items } = read.value;
      return items.flatMap((item) =>
        trying(item, () => translateAddressBook(reading, { phoneNumberId: numberOf(metadata), item })),
      );
    }
    case 'automatic_events':
    case 'tracking_events': {
      const { value, field } = read;
      const items = field === 'automatic_events' ? value.automatic_events : value.events;
      const kind = field === 'automatic_events' ? 'conversion' : 'tracking';
      return items.flatMap((item) =>
        trying(item, () =>
          translateActivity(reading, { phoneNumberId: numberOf(value.metadata), kind, item, contacts }),
        ),
      );
    }
    case 'group_lifecycle_update':
    case 'group_participants_update':
    case 'group_settings_update':
    case 'group_status_update': {
      const { field, value } = read;
      return value.groups.flatMap((group) =>
        trying(group, () => translateGroup(reading, { phoneNumberId: numberOf(value.metadata), field, group })),
      );
    }
    default:
      return undefined;
  }
}

function translateMessages(reading: Reading, field: string, value: MessagesValue): Fact[] {
  const { contacts } = value;
  // Whatever a field of echoes calls its list, what stands in it was not said by the person.
  const ofOthers = field.endsWith('echoes');
  const told = ofOthers ? [] : value.messages;
  const echoes = ofOthers ? [...value.echoes, ...value.messages] : value.echoes;
  const rest = Object.entries(value.unrecognised).filter(([, member]) => typeof member === 'object' && member !== null);
  return [
    ...each(reading, field, told, (message, raw) =>
      translateMessage(reading, {
        phoneNumberId: numberOf(value.metadata),
        person: senderOf(message, contacts),
        message,
        raw: raw as Record<string, unknown>,
        standby: field === 'standby',
      }),
    ),
    ...each(reading, field, value.statuses, (status) =>
      translateStatus(reading, {
        phoneNumberId: numberOf(value.metadata),
        person: recipientOf(status, contacts),
        status,
      }),
    ),
    ...each(reading, field, value.errors, (error) => translateNumberError(reading, numberOf(value.metadata), error)),
    ...each(reading, field, echoes, (message, raw) =>
      translateEcho(reading, {
        ...{ field, metadata: known(value.metadata), contacts, message },
        raw: raw as Record<string, unknown>,
      }),
    ),
    ...each(reading, field, value.userActions, (item) =>
      translateActivity(reading, { phoneNumberId: numberOf(value.metadata), kind: 'click', item, contacts }),
    ),
    ...rest.map(([member, raw]) =>
      translateUnrecognised(reading, { field, because: `the member ${member} is not known`, raw: { [member]: raw } }),
    ),
  ];
}

function known(metadata: Metadata | undefined): Metadata {
  if (metadata === undefined) throw new NotUnderstood('it does not say which number it came to');
  return metadata;
}

const numberOf = (metadata: Metadata | undefined): string => known(metadata).phone_number_id;

const problemsText = (problems: readonly { path: string; message: string }[]): string =>
  problems.map(({ path, message }) => `${path}: ${message}`).join('; ');

function each<T>(
  reading: Reading,
  field: string,
  items: readonly Item<T>[],
  translate: (value: T, raw: unknown) => Fact,
): Fact[] {
  return items.flatMap((item) => {
    if (item.ok) return attempt(reading, field, item.raw, () => translate(item.value, item.raw));
    return [translateUnrecognised(reading, { field, because: problemsText(item.problems), raw: item.raw })];
  });
}

function attempt(reading: Reading, field: string, raw: unknown, translate: () => Fact): Fact[] {
  try {
    return [translate()];
  } catch (error) {
    // Whatever an item does to a translator, a defect of ours included, must not hold up the others for days.
    // A defect's own words may quote what it stumbled over, and this stands where everybody reads.
    const because = error instanceof NotUnderstood ? error.message : `it cannot be translated: ${nameOf(error)}`;
    return [translateUnrecognised(reading, { field, because, raw })];
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
