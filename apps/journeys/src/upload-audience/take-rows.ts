import { personColumns, UnusableUpload, type ReadRow } from '@postrider/service-host';
import type { Pool } from 'pg';
import { nameMember, type Member, type NamedMember } from '../audience/person';
import { memberPlace, type OfCampaign, type SealedRows } from '../audience/sealed-rows';
import { countRows, insertErrors, insertMembers } from './store-rows.sql';

export interface Taken {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly people: number;
  readonly wrong: number;
  readonly repeated: number;
}

/** Where rows go, and by whose secret people are named. */
export interface List extends OfCampaign {
  readonly audienceId: string;
  readonly identitySecret: Uint8Array;
}

interface Batch {
  readonly members: { readonly named: NamedMember; readonly line: number; readonly member: Member }[];
  readonly errors: { readonly line: number; readonly code: string; readonly detail: string }[];
}

const batchRows = 1_000;
/** Beyond these, wrong rows are counted and not listed. */
export const errorsMax = 10_000;

/** Stores rows as they come, a batch being read while the one before is written; memory holds two batches. */
export async function takeRows(
  { pool, rows: sealed }: { readonly pool: Pool; readonly rows: Pick<SealedRows, 'seal'> },
  { audienceId, identitySecret, ...campaign }: List,
  read: (onColumns: (columns: readonly string[]) => void) => AsyncGenerator<ReadRow>,
): Promise<Taken> {
  let columns: readonly string[] = [];
  const counts = { rows: 0, people: 0, wrong: 0, repeated: 0 };
  const rows = read((given) => {
    columns = given;
    const { phone, userId } = personColumns(given);
    if (phone === undefined && userId === undefined && counts.rows === 0) throw missingColumn();
  });
  let writing = Promise.resolve();
  let batch: Batch = { members: [], errors: [] };
  const flush = async (): Promise<void> => {
    await writing;
    const full = batch;
    batch = { members: [], errors: [] };
    writing = write(full);
    writing.catch(() => undefined);
  };
  const write = async ({ members, errors }: Batch): Promise<void> => {
    const people = await writeMembers(members);
    const listed = errors.slice(0, Math.max(0, errorsMax - counts.wrong));
    counts.people += people;
    counts.repeated += members.length - people;
    counts.wrong += errors.length;
    if (listed.length > 0) {
      const fields = [
        listed.map(({ line }) => line),
        listed.map(({ code }) => code),
        listed.map((each) => each.detail),
      ];
      await pool.query(insertErrors, [audienceId, ...fields]);
    }
    const { rows: read, people: all, wrong, repeated } = counts;
    await pool.query(countRows, [audienceId, read, all, wrong, repeated, columns]);
  };
  const writeMembers = async (members: Batch['members']): Promise<number> => {
    if (members.length === 0) return 0;
    const { rowCount } = await pool.query(insertMembers, [
      audienceId,
      members.map(({ named }) => named.personKey),
      members.map(({ line }) => line),
      members.map(({ named }) => named.country),
      await sealed.seal(
        campaign,
        members.map(({ named, member }) => ({
          place: memberPlace(audienceId, named.personKey),
          bytes: Buffer.from(JSON.stringify(member)),
        })),
      ),
    ]);
    return rowCount ?? 0;
  };
  for await (const row of rows) {
    counts.rows += 1;
    sort(batch, identitySecret, row);
    if (batch.members.length + batch.errors.length >= batchRows) await flush();
  }
  if (columns.length === 0) throw new UnusableUpload('', 'there is no row');
  await flush();
  await writing;
  return { columns, ...counts };
}

function sort(batch: Batch, identitySecret: Uint8Array, row: ReadRow): void {
  const { line } = row;
  if ('wrong' in row) {
    batch.errors.push({ line, code: 'malformed', detail: row.wrong });
    return;
  }
  const named = nameMember(identitySecret, personIn(row.cells));
  if (named === undefined) {
    batch.errors.push({ line, code: 'not-addressable', detail: 'it has no possible phone number and no user id' });
    return;
  }
  batch.members.push({ named, line, member: { to: named.to, row: row.cells } });
}

function personIn(cells: Readonly<Record<string, unknown>>): { phone?: string; userId?: string } {
  const { phone, userId } = personColumns(Object.keys(cells));
  const text = (name: string | undefined): string | undefined => {
    const value = name === undefined ? undefined : cells[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const [number, id] = [text(phone), text(userId)];
  return { ...(number === undefined ? {} : { phone: number }), ...(id === undefined ? {} : { userId: id }) };
}

const missingColumn = (): UnusableUpload =>
  new UnusableUpload('phone', 'there is no column phone or userId, so nobody can be written to');
