import type { Tx } from './reader';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The schema that a rebuild of this reader fills. */
export function shadowOf(reader: string): string {
  return quoted(`rebuild of ${reader}`.slice(0, 60));
}

/** Makes empty twins of the tables, with all their indexes, in a schema of their own. */
export async function createShadow(tx: Tx, shadow: string, tables: readonly string[]): Promise<void> {
  await dropShadow(tx, shadow);
  await tx.query(`create schema ${shadow}`);
  for (const table of tables) {
    await tx.query(`create table ${shadow}.${quoted(table)} (like public.${quoted(table)} including all)`);
  }
}

export async function dropShadow(tx: Tx, shadow: string): Promise<void> {
  await tx.query(`drop schema if exists ${shadow} cascade`);
}

/** Puts the twins in the tables' place, under the tables' and the indexes' own names. */
export async function swapIn(tx: Tx, shadow: string, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const old = await indexesOf(tx, `public.${quoted(table)}`);
    const fresh = await indexesOf(tx, `${shadow}.${quoted(table)}`);
    // A serial column of the twin counts with the old table's sequence, which must outlive it.
    const counters = await countersOf(tx, `public.${quoted(table)}`);
    for (const { sequence } of counters) await tx.query(`alter sequence ${sequence} owned by none`);
    await tx.query(`drop table public.${quoted(table)}`);
    await tx.query(`alter table ${shadow}.${quoted(table)} set schema public`);
    for (const { sequence, column } of counters) {
      await tx.query(`alter sequence ${sequence} owned by public.${quoted(table)}.${quoted(column)}`);
    }
    for (const index of fresh) {
      const twin = old.findIndex((one) => one.shape === index.shape);
      const name = twin < 0 ? undefined : old.splice(twin, 1)[0]?.name;
      if (name && name !== index.name) {
        await tx.query(`alter index public.${quoted(index.name)} rename to ${quoted(name)}`);
      }
    }
  }
  await dropShadow(tx, shadow);
}

/** A table's indexes; those of the same shape differ in name and schema alone. */
async function indexesOf(tx: Tx, table: string): Promise<{ name: string; shape: string }[]> {
  const { rows } = await tx.query<{ name: string; shape: string }>(
    `select c.relname as name, regexp_replace(pg_get_indexdef(i.indexrelid), 'INDEX .* USING', 'INDEX USING') as shape
     from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = $1::regclass order by c.relname`,
    [table],
  );
  return rows;
}

async function countersOf(tx: Tx, table: string): Promise<{ sequence: string; column: string }[]> {
  const { rows } = await tx.query<{ sequence: string; column: string }>(
    `select s.oid::regclass::text as sequence, a.attname as column
     from pg_class s
     join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = s.oid and d.deptype = 'a'
     join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
     where s.relkind = 'S' and d.refobjid = $1::regclass`,
    [table],
  );
  return rows;
}
