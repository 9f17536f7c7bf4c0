import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { postgresLog } from '@postrider/event-store';
import { testMasterKey } from '@postrider/service-host';
import { Pool } from 'pg';
import { Agent, request } from 'undici';
import { delivery, entry, messagesChange, textMessage } from './deliveries';
import { signatureOf } from './signed';

const root = join(__dirname, '../../../..');
const agent = new Agent({ connections: 400 });
const started = new Set<ChildProcess>();
afterAll(async () => {
  // What a failed test left running is ended with its file.
  for (const child of started) child.kill('SIGKILL');
  await agent.close();
});

/** A message of this moment, as Meta words it. */
export const messageNow = (id: string, over: Record<string, unknown> = {}) =>
  textMessage({ id, timestamp: String(Math.floor(Date.now() / 1_000)), ...over });

/** One delivery of so many messages. */
export const bodyOf = (...messages: ReturnType<typeof messageNow>[]): string =>
  JSON.stringify(delivery(entry([messagesChange({ messages })])));

export const messageOf = (id: string, body = 'Hello'): string => bodyOf(messageNow(id, { text: { body } }));

/** Delivers as Meta signs. The status, or undefined where the connection broke. */
export async function post(url: string, body: string): Promise<number | undefined> {
  try {
    const answer = await request(`${url}/webhooks/meta`, {
      ...{ method: 'POST', body, dispatcher: agent },
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body) },
    });
    await answer.body.dump();
    return answer.statusCode;
  } catch {
    return undefined;
  }
}

/** Starts webhooks in a process of its own. */
export async function serve(databaseUrl: string): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['-r', './tools/register.cjs', 'apps/webhooks/src/testing/serve-webhooks.ts'], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      POSTRIDER_MASTER_KEY: testMasterKey,
      POSTRIDER_API_KEY: 'a-key-of-a-test-run',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  started.add(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
    child.once('exit', (code) => reject(new Error(`webhooks ended with ${code}`)));
  });
  return { url, child };
}

/** The wamids in the log, each as often as it stands there. */
export async function stored(databaseUrl: string): Promise<Map<string, number>> {
  const pool = new Pool({ connectionString: databaseUrl });
  const log = await postgresLog({ service: 'webhooks', pool, connectionString: databaseUrl });
  const counts = new Map<string, number>();
  for (let shard = 0; shard < log.shards; shard++)
    for (const event of await log.readShard(shard, 0, 100_000)) {
      const { wamid } = event.data as { wamid: string };
      counts.set(wamid, (counts.get(wamid) ?? 0) + 1);
    }
  await log.close();
  await pool.end();
  return counts;
}
