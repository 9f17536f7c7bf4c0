import { randomUUID } from 'node:crypto';
import { eventStoreMigrations, postgresLog, type StreamAppend } from '@postrider/event-store';
import { ownPostgres } from '@postrider/test-backends';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { rawInserts } from './append.reference';
import type { Claim, Row } from './claim';
import { repeat } from './repeat';

const data = { messageId: randomUUID(), channelName: 'orders', note: 'x'.repeat(300) };

function newStream(): StreamAppend {
  const streamId = randomUUID();
  return {
    streamId,
    expectedVersion: 'none',
    orderingKey: streamId,
    events: [{ type: 'MessageRequested', at: new Date(), data, personal: { to: { phone: '+15550100001' } } }],
    meta: { workspaceId: streamId, actor: 'bench', correlationId: streamId, aliasKeys: [] },
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
    const log = await postgresLog({ service: 'bench', connectionString: url, pool });
    const insert = await rawInserts(pool);
    const rows: Row[] = [];
    for (const callers of [1, 32, 200]) {
      for (const [what, work] of [
        ['event log', () => log.append([newStream()])],
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
    await log.close();
    await pool.end();
    await migrations.destroy();
    await server.stop();
    return rows;
  },
};
