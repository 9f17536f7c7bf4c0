/** What a message may show a file in: its own part, a template's or an interactive message's header, a card's. */
const kinds: ReadonlySet<string> = new Set(['image', 'audio', 'video', 'document', 'sticker', 'gif']);

/** A file that was given to Postrider has a uuid; Meta's own ids are decimal. */
const ours = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The ids of files of ours that a payload shows, each once. */
export function mediaIn(payload: unknown): string[] {
  const found = new Set<string>();
  walk(payload, (id) => (found.add(id), id));
  return [...found];
}

/** The payload with Meta's ids in the place of ours. */
export function withMetaIds<Payload>(payload: Payload, metaIdOf: (id: string) => string): Payload {
  return walk(payload, metaIdOf) as Payload;
}

function walk(value: unknown, replace: (id: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, kinds.has(key) ? file(inner, replace) : walk(inner, replace)]),
  );
}

function file(value: unknown, replace: (id: string) => string): unknown {
  const { id } = (value ?? {}) as { id?: unknown };
  return typeof id === 'string' && ours.test(id) ? { ...(value as object), id: replace(id) } : value;
}
