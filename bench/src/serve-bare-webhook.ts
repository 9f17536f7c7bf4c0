import { Pool } from 'pg';
import { bareWebhook } from './ingest.reference';

/** The reference in a process of its own, as what it is compared with. */
async function serve(): Promise<void> {
  const { url } = await bareWebhook(new Pool({ connectionString: process.env.DATABASE_URL, max: 4 }));
  console.log(url);
}

void serve();
