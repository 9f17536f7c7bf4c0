import fc from 'fast-check';
import { isMessageField, parseWebhook, readField, readMessages, type Item, type WebhookDelivery } from '../src/index';
import { describeWithFixtures, fixturesIn } from './fixtures';

type Json = Record<string, unknown>;

/** Puts a parsed delivery together again as it was on the wire. */
function rebuilt(delivery: WebhookDelivery): Json {
  const entry = delivery.entries.map((each) => ({
    id: each.id,
    ...(each.time === undefined ? {} : { time: each.time }),
    ...each.extra,
    changes: [...each.changes.map(({ field, value, extra }) => ({ field, value, ...extra })), ...each.unrecognised],
  }));
  return { object: delivery.object, ...delivery.extra, entry: [...entry, ...delivery.unrecognised] };
}

/** Whether everything of `raw` is found in `read`; numbers may have become texts of the same digits, or the reverse. */
function holds(read: unknown, raw: unknown): boolean {
  if (Array.isArray(raw)) return Array.isArray(read) && raw.every((item, index) => holds(read[index], item));
  if (typeof raw === 'object' && raw !== null)
    return (
      typeof read === 'object' &&
      read !== null &&
      Object.entries(raw).every(([key, member]) => holds((read as Json)[key], member))
    );
  return read === raw || `${typeof read === 'object' ? '' : read}` === String(raw);
}

const itemsOf = (value: Json): Item<unknown>[] => {
  const read = readMessages(value);
  return [...read.contacts, ...read.messages, ...read.echoes, ...read.statuses, ...read.errors, ...read.userActions];
};

function parsed(text: string): WebhookDelivery {
  const result = parseWebhook(text);
  if (!result.ok) throw new Error(result.error.because);
  return result.value;
}

describeWithFixtures('the webhooks that others captured', (folder) => {
  const fixtures = [
    ...fixturesIn(folder, 'pywa', /^webhook__/),
    ...fixturesIn(folder, 'meta-openapi', /^whatsapp_webhooks__/),
  ];

  it.each(fixtures)('$name is read whole, with nothing set aside', ({ text }) => {
    const delivery = parsed(text);
    expect(rebuilt(delivery)).toEqual(JSON.parse(text));
    for (const { field, value } of delivery.entries.flatMap((entry) => entry.changes)) {
      if (isMessageField(field)) {
        const items = itemsOf(value as Json);
        expect(items.length).toBeGreaterThan(0);
        for (const item of items) expect(item).toMatchObject({ ok: true });
        for (const item of items) expect(item.ok && holds(item.value, item.raw)).toBe(true);
        expect(readMessages(value).unrecognised).toEqual({});
      } else {
        const reading = readField({ field, value });
        expect(reading).toMatchObject({ kind: 'read' });
        expect(reading.kind === 'read' && holds(reading.value, value)).toBe(true);
      }
    }
  });

  it('drops nothing silently, whatever is changed or added in them', () => {
    const strange = fc.jsonValue({ maxDepth: 3 });
    const paths = (value: unknown): (string | number)[][] =>
      typeof value === 'object' && value !== null
        ? Object.keys(value).flatMap((key) => [[key], ...paths((value as Json)[key]).map((path) => [key, ...path])])
        : [];
    const change = fc.constantFrom(...fixtures).chain(({ text }) =>
      fc.record({
        text: fc.constant(text),
        path: fc.constantFrom(...paths(JSON.parse(text))),
        value: strange,
        key: fc.constantFrom('surprise', 'errors', 'id', 'value'),
        add: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(change, ({ text, path, value, key, add }) => {
        const body = JSON.parse(text) as Json;
        let parent = body;
        for (const step of path.slice(0, -1)) parent = parent[step] as Json;
        const last = path[path.length - 1] as string;
        const target = parent[last];
        if (add && typeof target === 'object' && target !== null && !Array.isArray(target))
          (target as Json)[key] = value;
        else parent[last] = value;

        const result = parseWebhook(JSON.stringify(body));
        // Refused whole is not silent: the caller keeps the body.
        if (!result.ok) return;
        const again = rebuilt(result.value);
        expect(sorted(again)).toEqual(sorted(JSON.parse(JSON.stringify(body))));
        for (const each of result.value.entries.flatMap((entry) => entry.changes)) {
          if (isMessageField(each.field)) expect(accounted(each.value as Json)).toBe(true);
          else expect(readField(each).raw).toBe(each.value);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Entries and changes that were set aside come after the others: compare without order. */
function sorted(body: unknown): unknown {
  const texts = (list: unknown) =>
    Array.isArray(list) ? list.map((item) => JSON.stringify(canonical(item))).sort() : list;
  const { entry, ...rest } = body as Json;
  const entries = Array.isArray(entry)
    ? entry.map((each: unknown) =>
        typeof each === 'object' && each !== null && 'changes' in each
          ? { ...each, id: textual((each as Json).id), changes: texts((each as Json).changes) }
          : each,
      )
    : entry;
  return { ...(canonical(rest) as Json), entry: texts(entries) };
}
const textual = (id: unknown) => (typeof id === 'number' ? String(id) : id);

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  // Digits that a double cannot hold come out as text.
  if (typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(String(value))) return String(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, canonical(member)]),
  );
}

/** Every member of a messages value is an item's raw form, or the number's metadata, or unrecognised. */
function accounted(value: Json): boolean {
  const read = readMessages(value);
  const lists = {
    contacts: read.contacts,
    messages: read.messages,
    message_echoes: read.echoes,
    statuses: read.statuses,
  };
  const all: Record<string, readonly Item<unknown>[]> = {
    ...lists,
    errors: read.errors,
    user_actions: read.userActions,
  };
  return Object.entries(value).every(([key, raw]) => {
    if (key === 'messaging_product') return raw === 'whatsapp' || 'messaging_product' in read.unrecognised;
    if (key === 'metadata') return 'metadata' in read.unrecognised || holds(read.metadata, raw);
    const items = Object.hasOwn(all, key) ? all[key] : undefined;
    if (!items) return JSON.stringify(read.unrecognised[key]) === JSON.stringify(raw);
    if (raw === null || raw === undefined) return items.length === 0;
    const list = Array.isArray(raw) ? raw : [raw];
    return (
      items.length === list.length &&
      items.every((item, index) => item.raw === list[index] && (!item.ok || holds(item.value, item.raw)))
    );
  });
}
