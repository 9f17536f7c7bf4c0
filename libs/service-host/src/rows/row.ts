/** A row as it was read, or why it could not be. */
export type ReadRow =
  | { readonly line: number; readonly cells: Readonly<Record<string, unknown>> }
  | { readonly line: number; readonly wrong: string };

/** The upload as a whole cannot be used. */
export class UnusableUpload extends Error {
  override readonly name = 'UnusableUpload';
  constructor(
    readonly path: string,
    message: string,
  ) {
    super(message);
  }
}

/** Far above any row that fills a message, far below what hurts. */
export const rowBytesMax = 65_536;
export const columnsMax = 200;

/** Names that Liquid can say: `First name` becomes `First_name`. */
export function columnName(name: string, index: number): string {
  return name.trim().replace(/[^\p{L}\p{N}_]+/gu, '_') || `column_${index + 1}`;
}

/** Which column names the person; spelling aside. */
export function personColumns(columns: readonly string[]): { phone?: string; userId?: string } {
  const named = (wanted: string) => columns.find((name) => name.toLowerCase().replaceAll('_', '') === wanted);
  const [phone, userId] = [named('phone'), named('userid')];
  return { ...(phone === undefined ? {} : { phone }), ...(userId === undefined ? {} : { userId }) };
}
