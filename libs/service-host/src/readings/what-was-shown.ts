/** The things that hold what names or quotes people. */
export const shownThings = [
  ...(['message', 'conversation', 'contact', 'export', 'receipt', 'media', 'preview', 'event'] as const),
] as const;
export type ShownThing = (typeof shownThings)[number];

export interface Shown {
  /** Of the things. */
  readonly ids: readonly string[];
  /** Whose they are, where the answer says so. */
  readonly contacts: readonly string[];
}

type Row = Readonly<Record<string, unknown>>;

/** The ids in an answer: of the rows of a list, of the one thing, else the one that was asked for by its address. */
export function whatWasShown(what: ShownThing, answer: unknown, askedFor: string | undefined): Shown {
  const rows = rowsOf(answer);
  const ids = rows.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
  const isList = isObject(answer) && Array.isArray(answer.data);
  const shown = ids.length > 0 || isList || askedFor === undefined ? ids : [askedFor];
  const contacts = what === 'contact' ? ids : rows.flatMap(contactOf);
  return { ids: [...new Set(shown)], contacts: [...new Set(contacts)] };
}

function rowsOf(answer: unknown): Row[] {
  if (!isObject(answer)) return [];
  return Array.isArray(answer.data) ? answer.data.filter(isObject) : [answer];
}

function contactOf({ contact }: Row): string[] {
  const id = isObject(contact) ? contact.id : contact;
  return typeof id === 'string' ? [id] : [];
}

const isObject = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
