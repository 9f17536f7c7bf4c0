import { Client } from 'pg';

/** One table of one service's database, as text; bytes as their hexadecimal digits. */
export interface KeptTable {
  readonly service: string;
  readonly table: string;
  readonly rows: readonly string[];
}

const services = ['configuration', 'templates', 'dispatch', 'webhooks', 'journeys', 'projections'];

/** Everything that the services keep on a server of ours: every table of every database. */
export async function everythingKept(serverUrl: string): Promise<KeptTable[]> {
  const kept = await Promise.all(services.map((service) => keptBy(serverUrl, service)));
  return kept.flat();
}

/** The open side of every event: all that leaves the service on its topic, but the personal parts. */
export async function openPartsOfEvents(serverUrl: string): Promise<string[]> {
  const parts = await Promise.all(
    services.map((service) =>
      inDatabase(serverUrl, service, async (client) => {
        const { rows } = await client.query<{ part: string }>(
          `select (to_jsonb(event) - 'personal')::text as part from log.event`,
        );
        return rows.map(({ part }) => part);
      }),
    ),
  );
  return parts.flat();
}

/** Whether a text holds a secret: as it is, or as bytes. */
export function holds(text: string, secret: string): boolean {
  return text.includes(secret) || text.includes(Buffer.from(secret).toString('hex'));
}

function keptBy(serverUrl: string, service: string): Promise<KeptTable[]> {
  return inDatabase(serverUrl, service, async (client) => {
    const { rows: tables } = await client.query<{ table: string }>(
      `select format('%I.%I', schemaname, tablename) as table from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const kept: KeptTable[] = [];
    for (const { table } of tables) {
      const { rows } = await client.query<{ row: string }>(`select to_jsonb(each)::text as row from ${table} each`);
      kept.push({ service, table, rows: rows.map(({ row }) => row) });
    }
    return kept;
  });
}

async function inDatabase<T>(serverUrl: string, service: string, work: (client: Client) => Promise<T[]>): Promise<T[]> {
  const url = Object.assign(new URL(serverUrl), { pathname: `/postrider_${service}` }).toString();
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
  } catch (error) {
    // Not every service needs to run: one that never did has no database.
    if ((error as { code?: string }).code === '3D000') return [];
    throw error;
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
