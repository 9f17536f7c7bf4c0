import { personColumns, UnusableUpload } from '@postrider/service-host';
import { z } from 'zod';
import { ConsentBody } from './consent-body';

/** What holds for every line of a file that has no column for it. */
export const ImportDefaults = z.strictObject({
  purpose: ConsentBody.shape.purpose.optional(),
  state: ConsentBody.shape.state.optional(),
  source: ConsentBody.shape.source.optional(),
  proof: ConsentBody.shape.proof,
  senderId: ConsentBody.shape.senderId,
  at: ConsentBody.shape.at,
});
export type ImportDefaults = z.infer<typeof ImportDefaults>;

type Field = keyof ImportDefaults;
type Cells = Readonly<Record<string, unknown>>;

/** Reads the lines of one file: which column is what is found out once. */
export interface CsvConsents {
  /** Columns that say nothing of consent. */
  readonly ignored: readonly string[];
  read(cells: Cells): { readonly row: ConsentBody } | { readonly code: string; readonly detail: string };
}

const spelling = (name: string): string => name.toLowerCase().replaceAll('_', '');

/** Throws `UnusableUpload` where the header and the defaults leave open who, what or why. */
export function csvConsents(columns: readonly string[], defaults: ImportDefaults): CsvConsents {
  const person = personColumns(columns);
  if (person.phone === undefined && person.userId === undefined) {
    throw new UnusableUpload('phone', 'there is no column phone or userId, so nobody is named');
  }
  const columnOf = new Map<Field, string>();
  for (const field of Object.keys(ImportDefaults.shape) as Field[]) {
    const column = columns.find((name) => spelling(name) === field.toLowerCase());
    if (column !== undefined) columnOf.set(field, column);
  }
  for (const needed of ['purpose', 'state', 'source'] as const) {
    if (!columnOf.has(needed) && defaults[needed] === undefined) {
      throw new UnusableUpload(needed, `there is no column ${needed}, and no ?${needed}= for all lines`);
    }
  }
  const used = new Set([person.phone, person.userId, ...columnOf.values()]);
  return {
    ignored: columns.filter((name) => !used.has(name)),
    read(cells) {
      const contact = contactIn(cells, person);
      if ('code' in contact) return contact;
      const said = Object.fromEntries([...columnOf].map(([field, column]) => [field, valueOf(field, cells[column])]));
      const parsed = ConsentBody.safeParse({ ...defaults, ...present(said), contact });
      if (parsed.success) return { row: parsed.data };
      const [issue] = parsed.error.issues;
      return { code: 'malformed', detail: `${issue?.path.join('.')}: ${issue?.message}` };
    },
  };
}

type Wrong = { readonly code: string; readonly detail: string };

function contactIn(
  cells: Cells,
  { phone, userId }: { phone?: string; userId?: string },
): Wrong | { readonly phone: string } | { readonly userId: string } {
  const number = phone === undefined ? undefined : cells[phone];
  const id = userId === undefined ? undefined : cells[userId];
  if (typeof number === 'string') {
    // A spreadsheet turns a long number into 4.93E+12; its digits would be somebody else's.
    if (/\p{L}/u.test(number)) return { code: 'not-addressable', detail: 'phone: it has letters in it' };
    return { phone: number };
  }
  if (typeof id === 'string') return { userId: id };
  return { code: 'not-addressable', detail: 'it has neither a phone number nor a user id' };
}

function valueOf(field: Field, cell: unknown): unknown {
  if (typeof cell !== 'string') return undefined;
  if (field === 'purpose' || field === 'state') return cell.toLowerCase();
  // Midnight in UTC where only the day is known.
  return field === 'at' && /^\d{4}-\d{2}-\d{2}$/.test(cell) ? `${cell}T00:00:00Z` : cell;
}

const present = (said: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
