import type { ServiceName } from '@postrider/event-contracts';
import type { Pool } from 'undici';

const patienceMs = 3_000;

interface Report {
  readonly ready: boolean;
  readonly status: string;
  /** What is missing, by service. */
  readonly missing: Readonly<Record<string, readonly string[]>>;
}

/** Ready when every service is. */
export async function readiness(pools: ReadonlyMap<ServiceName, Pool>): Promise<Report> {
  const answers = await Promise.all([...pools].map(async ([name, pool]) => [name, await missingOf(pool)] as const));
  const missing = Object.fromEntries(answers.filter(([, names]) => names.length > 0));
  const ready = Object.keys(missing).length === 0;
  return { ready, status: ready ? 'ready' : 'not ready', missing };
}

async function missingOf(pool: Pool): Promise<readonly string[]> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const { statusCode, body } = await pool.request({ method: 'GET', path: '/health/ready', signal });
    const report = (await body.json()) as { missing?: string[] };
    if (statusCode === 200) return [];
    return report.missing?.length ? report.missing : ['itself'];
  } catch {
    // Whatever keeps a service from answering, it is not there.
    return ['itself'];
  }
}
