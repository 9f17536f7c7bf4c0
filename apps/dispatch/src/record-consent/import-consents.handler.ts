import { Problem, readCsv, unavailable, UnusableUpload, type Caller } from '@postrider/service-host';
import { v7 } from 'uuid';
import { contactsFold } from '../contact/when-contact-changed';
import type { ConsentBody } from './consent-body';
import { beginImport, endImport, enterErrors, noteImport } from './consent-import.sql';
import { csvConsents, type CsvConsents, type ImportDefaults } from './csv-row';
import { writeConsents, type Positions, type RecordConsentDeps } from './write-consents';

export interface RejectedLine {
  /** Of the lines with consents, from 0. */
  readonly index: number;
  /** Of the file, from 1. */
  readonly line: number;
  readonly code: string;
  readonly detail: string;
}

export interface Imported {
  readonly id: string;
  readonly rows: number;
  readonly accepted: number;
  /** The first of them; `rejectedTotal` says how many there are. */
  readonly rejected: readonly RejectedLine[];
  readonly rejectedTotal: number;
  readonly ignoredColumns: readonly string[];
}

type ImportDeps = RecordConsentDeps;
type Asking = Pick<Caller, 'workspaceId' | 'actor' | 'correlationId' | 'traceparent'>;
export type ImportConsents = ReturnType<typeof importConsents>;

const batchRows = 1_000;
/** Beyond these, lines that could not be taken are counted and not listed. */
export const listedMax = 10_000;
const answeredMax = 1_000;
const batchFoldedWithinMs = 2_000;
const foldedWithinMs = 30_000;

/**
 * Takes the consents of a CSV file as it comes: one batch is read while the one before is written, so that memory holds
 * two, however long the file is. Lines that cannot be taken are listed, the others stand; what was taken before a file
 * broke off stands too, and taking the file again adds nothing twice where its lines say when.
 */
export function importConsents(deps: ImportDeps) {
  const { pool, clock } = deps;
  return async (caller: Asking, source: AsyncIterable<Buffer>, defaults: ImportDefaults): Promise<Imported> => {
    const id = v7();
    const begunAt = clock.now();
    await pool.query(beginImport, [id, caller.workspaceId, begunAt]);
    const run = taking(deps, caller, id);
    let consents: CsvConsents | undefined;
    try {
      const at = begunAt.toISOString();
      const rows = readCsv(source, (columns) => (consents = csvConsents(columns, { at, ...defaults })));
      for await (const row of rows) {
        const read = 'wrong' in row ? { code: 'malformed', detail: row.wrong } : consents!.read(row.cells);
        await run.take(row.line, read);
      }
      const { positions, ...taken } = await run.end();
      await pool.query(endImport, [id, 'done', null, clock.now()]);
      if (!(await deps.readers.reached(contactsFold, 'dispatch', positions, foldedWithinMs))) {
        throw unavailable(`The consents of import ${id} are kept, but sending does not go by them yet.`);
      }
      return { id, ...taken, ignoredColumns: consents?.ignored ?? [] };
    } catch (error) {
      if (!(error instanceof Problem)) await pool.query(endImport, [id, 'failed', whyOf(error), clock.now()]);
      if (!(error instanceof UnusableUpload)) throw error;
      const { path, message } = error;
      throw new Problem('malformed', `The file cannot be used: ${message}.`, { errors: [{ path, message }] });
    }
  };
}

const whyOf = (error: unknown): string =>
  error instanceof UnusableUpload ? error.message : 'the file broke off, or could not be written down';

interface Batch {
  readonly rows: { index: number; line: number; row: ConsentBody }[];
  readonly wrong: RejectedLine[];
}

type Read = { readonly row: ConsentBody } | { readonly code: string; readonly detail: string };

function taking(deps: ImportDeps, caller: Asking, id: string) {
  const { pool, clock, readers } = deps;
  const counts = { rows: 0, accepted: 0, wrong: 0 };
  const answered: RejectedLine[] = [];
  let listed = 0;
  let index = 0;
  let batch: Batch = { rows: [], wrong: [] };
  let positions: Positions = [];
  let writing = Promise.resolve();

  const write = async ({ rows, wrong }: Batch): Promise<void> => {
    const written = await writeConsents(deps, caller, rows);
    const lineOf = new Map(rows.map((each) => [each.index, each.line]));
    const late = written.rejected.map((each) => ({ ...each, line: lineOf.get(each.index)! }));
    const bad = [...wrong, ...late].sort((a, b) => a.index - b.index);
    answered.push(...bad.slice(0, answeredMax - answered.length));
    const listing = bad.slice(0, listedMax - listed);
    listed += listing.length;
    counts.rows += rows.length + wrong.length;
    counts.accepted += written.accepted;
    counts.wrong += bad.length;
    if (listing.length > 0) {
      const field = <Key extends keyof RejectedLine>(key: Key) => listing.map((each) => each[key]);
      await pool.query(enterErrors, [id, field('line'), field('index'), field('code'), field('detail')]);
    }
    await pool.query(noteImport, [id, counts.rows, counts.accepted, counts.wrong, clock.now()]);
    positions = written.positions.length > 0 ? written.positions : positions;
    // No further ahead of what sending goes by than this.
    await readers.reached(contactsFold, 'dispatch', written.positions, batchFoldedWithinMs);
  };

  const flush = async (): Promise<void> => {
    await writing;
    const full = batch;
    batch = { rows: [], wrong: [] };
    writing = write(full);
    writing.catch(() => undefined);
  };

  return {
    async take(line: number, read: Read): Promise<void> {
      if ('row' in read) batch.rows.push({ index, line, row: read.row });
      else batch.wrong.push({ index, line, ...read });
      index += 1;
      if (batch.rows.length + batch.wrong.length >= batchRows) await flush();
    },
    async end() {
      await flush();
      await writing;
      const { rows, accepted, wrong: rejectedTotal } = counts;
      return { rows, accepted, rejected: answered, rejectedTotal, positions };
    },
  };
}
