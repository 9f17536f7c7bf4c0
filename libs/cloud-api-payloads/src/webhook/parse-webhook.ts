import { parseExactJson, type JsonRefusal } from './exact-json';

/** A JSON object as Meta sent it. */
export type MetaValue = Readonly<Record<string, unknown>>;

/** One change: a webhook field and its value, as sent; read it with `readMessages`, `readField`. */
export interface WebhookChange {
  readonly field: string;
  readonly value: MetaValue;
  /** Members of the change that are neither field nor value. */
  readonly extra: MetaValue;
}
/** What one business account has to tell. */
export interface WebhookEntry {
  /** The WABA's id; `"0"` in payloads of the dashboard's test button. */
  readonly id: string;
  /** Seconds; on account events only. */
  readonly time?: number;
  readonly changes: readonly WebhookChange[];
  readonly extra: MetaValue;
  /** Changes that are not a field with a value. */
  readonly unrecognised: readonly unknown[];
}
export interface WebhookDelivery {
  readonly object: string;
  readonly entries: readonly WebhookEntry[];
  readonly extra: MetaValue;
  /** Entries without an id or a list of changes. */
  readonly unrecognised: readonly unknown[];
}
export interface WebhookRefusal {
  readonly code: JsonRefusal | 'not-a-webhook';
  readonly because: string;
}
export type ParsedWebhook =
  { readonly ok: true; readonly value: WebhookDelivery } | { readonly ok: false; readonly error: WebhookRefusal };

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function without(value: MetaValue, known: readonly string[]): MetaValue {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !known.includes(key)));
}

function toChange(raw: unknown): WebhookChange | undefined {
  if (!isObject(raw) || typeof raw.field !== 'string' || !isObject(raw.value)) return undefined;
  return { field: raw.field, value: raw.value, extra: without(raw, ['field', 'value']) };
}

/** Sorts a list into what could be read and what could not. */
function sort<T>(
  raw: readonly unknown[],
  read: (item: unknown) => T | undefined,
): { read: T[]; unrecognised: unknown[] } {
  const sorted = { read: [] as T[], unrecognised: [] as unknown[] };
  for (const item of raw) {
    const value = read(item);
    if (value === undefined) sorted.unrecognised.push(item);
    else sorted.read.push(value);
  }
  return sorted;
}

function toEntry(raw: unknown): WebhookEntry | undefined {
  if (!isObject(raw) || !Array.isArray(raw.changes)) return undefined;
  if (typeof raw.id !== 'string' && typeof raw.id !== 'number') return undefined;
  const hasTime = typeof raw.time === 'number';
  const changes = sort(raw.changes, toChange);
  return {
    id: String(raw.id),
    ...(hasTime ? { time: raw.time as number } : {}),
    changes: changes.read,
    extra: without(raw, hasTime ? ['id', 'changes', 'time'] : ['id', 'changes']),
    unrecognised: changes.unrecognised,
  };
}

const refuse = (code: WebhookRefusal['code'], because: string): ParsedWebhook => ({
  ok: false,
  error: { code, because },
});

/**
 * Parses a webhook's raw body. Nothing is dropped: members that are not known are in `extra`, entries and changes that
 * cannot be read are in `unrecognised`, and integers beyond 2^53 come out as strings. It never throws.
 */
export function parseWebhook(body: Uint8Array | string): ParsedWebhook {
  const json = parseExactJson(body);
  if (!json.ok) return refuse(json.code, json.because);
  if (!isObject(json.value) || typeof json.value.object !== 'string')
    return refuse('not-a-webhook', 'the body is not an object with an `object` and entries');
  if (!Array.isArray(json.value.entry)) return refuse('not-a-webhook', 'the body has no list of entries');
  const entries = sort(json.value.entry, toEntry);
  return {
    ok: true,
    value: {
      object: json.value.object,
      entries: entries.read,
      extra: without(json.value, ['object', 'entry']),
      unrecognised: entries.unrecognised,
    },
  };
}
