import { columnName, columnsMax, rowBytesMax, type ReadRow } from './row';

const newline = 0x0a;

/** The rows of JSON lines: one object per line. Holds one line at a time, and of one that is too long not even that. */
export async function* readJsonLines(
  source: AsyncIterable<Buffer>,
  onColumns: (columns: readonly string[]) => void,
): AsyncGenerator<ReadRow> {
  const columns = new Set<string>();
  const seen = (row: ReadRow): ReadRow => {
    if ('wrong' in row) return row;
    for (const name of Object.keys(row.cells)) columns.add(name);
    return columns.size > columnsMax
      ? { line: row.line, wrong: `there are more than ${columnsMax} names in all rows` }
      : row;
  };
  let line = 0;
  for await (const bytes of lines(source)) {
    line += 1;
    const row = bytes === 'too-long' ? { line, wrong: `it is longer than ${rowBytesMax} bytes` } : rowOf(line, bytes);
    if (row !== undefined) yield seen(row);
  }
  onColumns([...columns]);
}

async function* lines(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer | 'too-long'> {
  let held: Buffer[] = [];
  let bytes = 0;
  const add = (part: Buffer): void => {
    bytes += part.length;
    if (bytes <= rowBytesMax) held.push(part);
    else held = [];
  };
  const taken = (): Buffer | 'too-long' => {
    const whole = bytes > rowBytesMax ? ('too-long' as const) : Buffer.concat(held);
    held = [];
    bytes = 0;
    return whole;
  };
  for await (const chunk of source) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      add(chunk.subarray(from, end));
      from = end + 1;
      yield taken();
    }
    add(chunk.subarray(from));
  }
  if (bytes > 0) yield taken();
}

function rowOf(line: number, bytes: Buffer): ReadRow | undefined {
  const text = decoded(bytes)?.trim();
  if (text === undefined) return { line, wrong: 'it is not UTF-8' };
  if (text === '') return undefined;
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { line, wrong: 'it is not a JSON object' };
  }
  const named = Object.entries(value as Record<string, unknown>);
  const cells = named.filter(([, cell]) => cell !== null && cell !== '');
  return { line, cells: Object.fromEntries(cells.map(([name, cell], index) => [columnName(name, index), cell])) };
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
