import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

/** Where one of the texts stands, in whatever table of whatever database: as text, or as the bytes of a bytea column. */
export async function foundInDatabases(serverUrl: string, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const database of await listed(serverUrl, "select datname from pg_database where datname like 'postrider_%'")) {
    const url = Object.assign(new URL(serverUrl), { pathname: `/${database}` }).toString();
    const tables = await listed(
      url,
      `select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const patterns = texts.flatMap((text) => [text, Buffer.from(text).toString('hex')]).map((text) => `%${text}%`);
    for (const table of tables) {
      const rows = await listed(
        url,
        `select left(row_to_json(t)::text, 400) from ${table} t where t::text ilike any($1)`,
        [patterns],
      );
      found.push(...rows.map((row) => `${database} ${table}: ${row}`));
    }
  }
  return found;
}

/** The same in files under a folder. */
export function foundInFiles(folder: string, texts: readonly string[], except: readonly string[] = []): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !except.includes(path) && statSync(join(folder, path)).isFile())
    .filter((path) => {
      const bytes = readFileSync(join(folder, path));
      return texts.some((text) => bytes.includes(text));
    });
}

async function listed(url: string, sql: string, values: unknown[] = []): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<string[]>({ text: sql, values, rowMode: 'array' });
    return rows.map(([value]) => value ?? '');
  } finally {
    await client.end();
  }
}

/** Rows of one database, for what no route shows. */
export async function rowsOf(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
