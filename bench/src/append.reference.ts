import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

/** What a table alone can do: callers share multi-row inserts, one at a time, with nothing checked and no positions. */
export async function rawInserts(pool: Pool): Promise<(data: object) => Promise<void>> {
  await pool.query('create table raw_event (id uuid primary key, data jsonb not null)');
  const queue: { readonly data: object; done(): void; fail(error: unknown): void }[] = [];
  let writing = false;
  const write = async (): Promise<void> => {
    writing = true;
    for (let group = queue.splice(0, 500); group.length > 0; group = queue.splice(0, 500)) {
      await pool
        .query({
          name: 'raw-insert',
          text: 'insert into raw_event select * from unnest($1::uuid[], $2::jsonb[])',
          values: [group.map(() => randomUUID()), group.map(({ data }) => data)],
        })
        .then(
          () => group.forEach(({ done }) => done()),
          (error: unknown) => group.forEach(({ fail }) => fail(error)),
        );
    }
    writing = false;
  };
  return (data) =>
    new Promise((done, fail) => {
      queue.push({ data, done, fail });
      if (!writing) void write();
    });
}
