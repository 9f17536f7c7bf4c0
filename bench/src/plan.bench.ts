import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { eventStoreMigrations, personalParts, postgresLog, postgresPartKeys } from '@postrider/event-store';
import { keyring } from '@postrider/keys';
import { journeys, planFromCsv, sealedRows } from '@postrider/journeys';
import { ownPostgres } from '@postrider/test-backends';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { Claim, Row } from './claim';
import { parseAndInsert } from './plan.reference';
import { phoneOf } from './small-shop';

const people = Number(process.env.BENCH_PEOPLE ?? 100_000);

/** In chunks of a thousand lines, as an upload comes. */
function csv(): Readable {
  function* chunks() {
    yield Buffer.from('phone,name,city,order\n');
    for (let first = 0; first < people; first += 1_000) {
      const lines = Array.from({ length: Math.min(1_000, people - first) }, (_, index) => {
        const place = first + index;
        return `${phoneOf(place)},Person ${place},Town ${place % 977},A-${place}`;
      });
      yield Buffer.from(`${lines.join('\n')}\n`);
    }
  }
  return Readable.from(chunks(), { objectMode: false });
}

const definition = {
  name: 'order_update',
  language: 'en_US',
  category: 'UTILITY' as const,
  parameterFormat: 'POSITIONAL' as const,
  components: [
    { type: 'BODY', text: 'Hello {{1}}, your order {{2}} is on its way.', example: { body_text: [['A', 'B']] } },
  ],
};

const toPlan = {
  workspaceId: '01900000-0000-7000-8000-000000000001',
  identitySecret: Buffer.alloc(32, 1),
  design: {
    name: 'bench',
    channel: 'shop',
    template: { name: 'order_update', language: 'en_US' },
    variables: ['{{ name }} from {{ city }}', '{{ order }}'],
  },
  channel: {
    ...{ channelId: '01900000-0000-7000-8000-00000000000c', name: 'shop', state: 'active', quality: 'GREEN' },
    ...{ accountId: '01900000-0000-7000-8000-00000000000a', senderId: '01900000-0000-7000-8000-00000000000d' },
    ratePerSecond: 1_000,
  },
  templates: [{ name: 'order_update', language: 'en_US', state: 'approved' as const, definition }],
};

const rowOf = (what: string, ms: number, cpu: NodeJS.CpuUsage): Row => ({
  what,
  people,
  'a second': Math.round((people * 1_000) / ms),
  'cpu µs each': (cpu.user + cpu.system) / people,
});

/** Recipients planned a second, from the first byte of a CSV to frozen, durable rows. */
export const claim: Claim = {
  title: 'recipients planned a second, from a CSV to frozen rows',
  notes: [
    'Reference: csv-parse and multi-row inserts of the same rows into a bare table: nobody named, nothing deduplicated or filled in.',
    'Planning reads the list back, fills the Liquid of each, and writes what each gets with the figures and an event per batch.',
    'CPU is of this process, Postgres aside. BENCH_PEOPLE=1000000 plans a million.',
  ],
  async run() {
    const server = await ownPostgres({ durable: true });
    const url = await server.newDatabase('journeys');
    const schema = new DataSource({
      type: 'postgres',
      url,
      migrations: [...eventStoreMigrations, ...journeys.migrations],
    });
    await schema.initialize();
    await schema.runMigrations();
    await schema.destroy();
    const pool = new Pool({ connectionString: url, max: 4 });
    // The server may stop before a connection that was told to end has.
    pool.on('error', () => undefined);
    const log = await postgresLog({ service: 'journeys', connectionString: url, pool });
    const clock = { now: () => new Date(), monotonicMs: () => performance.now() };

    const parts = personalParts({ service: 'journeys', store: postgresPartKeys(pool), keys: keyring(randomBytes(32)) });
    const rows = sealedRows(parts);

    const referenceCpu = process.cpuUsage();
    const began = performance.now();
    await parseAndInsert(pool, csv());
    const reference = rowOf(
      'reference: csv-parse and inserts',
      performance.now() - began,
      process.cpuUsage(referenceCpu),
    );

    const cpu = process.cpuUsage();
    const { uploadMs, planMs } = await planFromCsv(
      { pool, log, clock, planBatch: journeys.config.parse({}).planBatch, rows },
      { ...toPlan, csv: csv() },
    );
    const used = process.cpuUsage(cpu);
    await log.close();
    await pool.end();
    await server.stop();
    const half = { user: 0, system: 0 };
    return [
      rowOf('upload and plan', uploadMs + planMs, used),
      { ...rowOf('  of it the upload', uploadMs, half), 'cpu µs each': '' },
      { ...rowOf('  of it the planning', planMs, half), 'cpu µs each': '' },
      reference,
    ];
  },
};
