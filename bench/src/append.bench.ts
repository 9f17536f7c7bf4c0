import { randomBytes, randomUUID } from 'node:crypto';
import {
  eventStoreMigrations,
  personalParts,
  postgresLog,
  postgresPartKeys,
  type StreamAppend,
} from '@postrider/event-store';
import { keyring } from '@postrider/keys';
import { ownPostgres } from '@postrider/test-backends';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { rawInserts } from './append.reference';
import type { Claim, Row } from './claim';
import { repeat } from './repeat';

const data = { messageId: randomUUID(), channelName: 'orders', note: 'x'.repeat(300) };

const workspaceId = randomUUID();
let appends = 0;

/** To one of a thousand people. */
function newStream(): StreamAppend {
  const streamId = randomUUID();
  const alias = `p.${appends++ % 1_000}`;
  return {
    streamId,
    expectedVersion: 'none',
    orderingKey: streamId,
    events: [{ type: 'MessageRequested', at: new Date(), data, personal: { to: { phone: '+15550100001' } } }],
    meta: { workspaceId, actor: 'bench', correlationId: streamId, aliasKeys: [alias] },
  };
}

/** Events a second, one to an append, durable before the answer. */
export const claim: Claim = {
  title: 'events a second, each an append of its own to a new stream, durable before the answer',
  notes: [
    'Reference: the same callers share multi-row inserts into a bare table: no streams, versions, positions or shards.',
  ],
  async run() {
    const server = await ownPostgres({ durable: true });
    const url = await server.newDatabase('append');
    const migrations = new DataSource({ type: 'postgres', url, migrations: [...eventStoreMigrations] });
    await migrations.initialize();
    await migrations.runMigrations();
    const pool = new Pool({ connectionString: url, max: 4 });
    const parts = personalParts({ service: 'bench', store: postgresPartKeys(pool), keys: keyring(randomBytes(32)) });
    const sealing = await postgresLog({ service: 'bench', connectionString: url, parts });
    const log = await postgresLog({ service: 'bench', connectionString: url });
    // Everybody has a key before it counts, as in a service that has been running.
    await Promise.all(Array.from({ length: 1_000 }, () => sealing.append([newStream()])));
    const insert = await rawInserts(pool);
    const rows: Row[] = [];
    for (const callers of [1, 32, 200]) {
      for (const [what, work] of [
        ['event log, parts sealed', () => sealing.append([newStream()])],
        ['event log, parts open', () => log.append([newStream()])],
        ['reference: bare insert', () => insert(data)],
      ] as const) {
        const { perSecond, p50Ms, p99Ms, cpuMs } = await repeat(callers, work);
        rows.push({
          what,
          callers,
          'a second': Math.round(perSecond),
          'p50 ms': p50Ms,
          'p99 ms': p99Ms,
          'cpu ms': cpuMs,
        });
      }
    }
    await sealing.close();
    await log.close();
    await pool.end();
    await migrations.destroy();
    await server.stop();
    return rows;
  },
};
