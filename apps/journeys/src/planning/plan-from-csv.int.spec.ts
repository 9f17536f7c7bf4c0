import { Readable } from 'node:stream';
import { csvOf, definition, design, senderId, setUp } from '../testing/set-up';
import { sealedRows } from '../audience/sealed-rows';
import { planFromCsv } from './plan-from-csv';

it('plans everybody in a CSV, and says how long that took', async () => {
  const world = await setUp();
  const { host } = world.service;
  const people = Number(process.env['PLAN_PEOPLE'] ?? 1_500);
  const planned = await planFromCsv(
    { pool: host.pool, log: host.log, clock: host.clock, planBatch: 1_000, rows: sealedRows(host.parts) },
    {
      workspaceId: world.service.workspaceId,
      identitySecret: Buffer.alloc(32, 1),
      design: design(),
      channel: {
        ...{ channelId: '01900000-0000-7000-8000-00000000000c', name: 'demo-marketing', state: 'active' },
        ...{ accountId: '01900000-0000-7000-8000-00000000000a', senderId, quality: 'GREEN', ratePerSecond: 1_000 },
      },
      templates: [{ name: 'welcome', language: 'en_US', state: 'approved', definition: definition('welcome') }],
      csv: Readable.from([Buffer.from(csvOf(people))]),
    },
  );
  expect(planned).toMatchObject({ people, uploadMs: expect.any(Number), planMs: expect.any(Number) });
  const { rows } = await host.pool.query('select count(*)::int as n from recipient');
  expect(rows[0].n).toBe(people);
  if (process.env['PLAN_PEOPLE']) console.log(planned);
  await world.close();
});
