import { CsvError, parse } from 'csv-parse';
import { pipeline, Readable } from 'node:stream';
import { columnName, columnsMax, rowBytesMax, UnusableUpload, type ReadRow } from './row';

const delimiters = [',', ';', '\t', '|'];
const sniffBytes = 16_384;

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * The rows of a CSV, as spreadsheets and databases write it: with a byte order mark or without, any of the usual
 * separators and line ends, quoted or not. Holds one row at a time. `onColumns` is told the header first.
 */
export async function* readCsv(
  source: AsyncIterable<Buffer>,
  onColumns: (columns: readonly string[]) => void,
): AsyncGenerator<ReadRow> {
  const { head, all } = await sniff(source);
  if (head.length === 0) throw new UnusableUpload('', 'the body is empty');
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(head),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: rowBytesMax,
  });
  pipeline(Readable.from(all, { objectMode: false }), parser, () => undefined);
  let columns: readonly string[] | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (columns === undefined) onColumns((columns = headerOf(record)));
      else yield rowOf(columns, record, info.lines);
    }
  } catch (error) {
    if (error instanceof CsvError) throw new UnusableUpload('', readable(error));
    throw error;
  }
}

function readable(error: CsvError): string {
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    const line = String(error['lines'] ?? '');
    return `the row at line ${line} is longer than ${rowBytesMax} bytes: is a quotation mark left open?`;
  }
  return error.message;
}

async function sniff(source: AsyncIterable<Buffer>): Promise<{ head: Buffer; all: AsyncIterable<Buffer> }> {
  const iterator = source[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  let bytes = 0;
  while (bytes < sniffBytes) {
    const { value, done } = await iterator.next();
    if (done) break;
    chunks.push(value);
    bytes += value.length;
  }
  const head = Buffer.concat(chunks);
  async function* all(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    for (;;) {
      const { value, done } = await iterator.next();
      if (done) return;
      yield value;
    }
  }
  return { head: head.subarray(0, sniffBytes), all: all() };
}

/** The separator that the header line has most of, outside quotes. */
function delimiterOf(head: Buffer): string {
  const [line = ''] = head
    .toString('utf8')
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\r|\n/, 1);
  const count = (delimiter: string) => line.split(delimiter).length;
  return delimiters.reduce((best, each) => (count(each) > count(best) ? each : best));
}

function headerOf(record: readonly string[]): string[] {
  if (record.some((name) => name.includes('\uFFFD'))) throw new UnusableUpload('', 'the header line is not UTF-8');
  if (record.length > columnsMax) throw new UnusableUpload('', `there are more than ${columnsMax} columns`);
  const columns = record.map(columnName);
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) throw new UnusableUpload(twice, `the column ${twice} is there twice`);
  return columns;
}

function rowOf(columns: readonly string[], record: readonly string[], line: number): ReadRow {
  if (record.length !== columns.length) {
    return { line, wrong: `it has ${record.length} cells, the header ${columns.length}` };
  }
  const cells: Record<string, string> = {};
  for (const [index, raw] of record.entries()) {
    const name = columns[index]!;
    if (raw.includes('\uFFFD')) return { line, wrong: `${name} is not UTF-8` };
    const value = raw.trim();
    if (isFormula(value)) return { line, wrong: `${name} holds a formula, not a value` };
    if (value !== '') cells[name] = value;
  }
  return { line, cells };
}

/** What a spreadsheet would compute: it would be sent as it stands, and run in whoever opens an export. */
const isFormula = (value: string): boolean => /^=.|^@[A-Za-z]+\(|^[+-][A-Za-z(]/.test(value);
