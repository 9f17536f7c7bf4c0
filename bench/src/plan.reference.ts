import { parse } from 'csv-parse';
import type { Pool } from 'pg';
import type { Readable } from 'node:stream';

const rowsEach = 1_000;

/** A bare loop: csv-parse, and multi-row inserts of what it gives, one after the other; nothing is named, checked or filled in. */
export async function parseAndInsert(pool: Pool, csv: Readable): Promise<number> {
  await pool.query('create table bare_row (line int primary key, phone text not null, cells jsonb not null)');
  let rows: { phone: string }[] = [];
  let count = 0;
  const insert = async (): Promise<void> => {
    const first = count;
    count += rows.length;
    await pool.query({
      name: 'bare-insert',
      text: 'insert into bare_row select * from unnest($1::int[], $2::text[], $3::jsonb[])',
      values: [
        rows.map((_, index) => first + index),
        rows.map(({ phone }) => phone),
        rows.map((row) => JSON.stringify(row)),
      ],
    });
    rows = [];
  };
  for await (const row of csv.pipe(parse({ columns: true })) as AsyncIterable<{ phone: string }>) {
    rows.push(row);
    if (rows.length === rowsEach) await insert();
  }
  if (rows.length > 0) await insert();
  return count;
}
