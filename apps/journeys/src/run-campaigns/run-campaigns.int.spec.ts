import { ContactErased, TemplatePaused } from '@postrider/event-contracts';
import { eventually } from '@postrider/test-backends';
import { setTimeout as delay } from 'node:timers/promises';
import { v7 } from 'uuid';
import { csvOf, design, setUp, templateId, type SetUp } from '../testing/set-up';

let world: SetUp;
afterEach(() => world.close());

const within = { withinMs: 8_000 };
const becomes = (id: string, expected: Record<string, unknown>) =>
  eventually(async () => expect(await world.shown(id)).toMatchObject(expected), within);
const launched = async (changed: Record<string, unknown>, people: number | string): Promise<string> => {
  const id = await world.drafted(changed, people);
  expect(await world.ask('POST', `/v1/campaigns/${id}/launch`)).toMatchObject({ status: 200 });
  return id;
};
const eventsOf = (id: string) => world.service.log.readStream(id);

describe('a campaign', () => {
  it('reaches everybody once, says so in every figure, and finishes with nothing open', async () => {
    world = await setUp(() => 'deliver', { env: { POSTRIDER_PLAN_BATCH: '200' } });
    const id = await launched({}, 460);
    await becomes(id, { state: 'finished', progress: { targeted: 460, sent: 460, delivered: 460, pending: 0 } });
    expect(world.dispatch.taken).toHaveLength(460);
    expect(new Set(world.dispatch.taken.map(({ phone }) => phone)).size).toBe(460);
    expect(world.dispatch.taken[0]!.value).toMatchObject({
      template: { name: 'welcome', language: 'en_US', variables: [expect.stringMatching(/^Person \d+$/)] },
    });
    const events = await eventsOf(id);
    const planned = events.filter(({ type }) => type === 'RecipientsPlanned');
    expect(planned.map(({ data }) => (data as { people: number }).people)).toEqual([200, 200, 60]);
    expect(events.at(-1)).toMatchObject({ type: 'CampaignFinished', data: { figures: { sent: 460 } } });
    expect(JSON.stringify(events)).not.toMatch(/1555|Person/);
  });

  it('puts each person in exactly one bucket, whatever becomes of them', async () => {
    const fates = ['deliver', 'fail', 'refuse', 'hold', 'early'] as const;
    world = await setUp((phone) => fates[Number(phone.slice(-1)) % 5]!);
    const off = { stopRules: { failureShare: false } };
    const id = await launched(off, 100);
    const open = { failed: 20, refused: 20, held: 20, sent: 40, delivered: 40, read: 20, pending: 0 };
    await becomes(id, { state: 'running', progress: { targeted: 100, ...open } });
    const night = '2026-03-11T08:00:00.000Z';
    expect(await world.shown(id)).toMatchObject({
      holds: [{ code: 'quiet-hours', people: 20, nextAt: night, lastAt: night }],
      forecast: { remaining: 0, endsAt: expect.stringMatching(/^2026-03-11T08:00:00/) },
    });
    await world.dispatch.release();
    await becomes(id, { state: 'finished', progress: { targeted: 100, held: 0, sent: 60, delivered: 60, read: 20 } });
    expect((await world.shown(id)).holds).toEqual([]);
  });

  it('keeps no more in dispatch than its window, and goes on as dispatch does', async () => {
    world = await setUp(() => 'wait', { env: { POSTRIDER_CAMPAIGN_WINDOW: '15' } });
    const id = await launched({}, 120);
    await eventually(() => expect(world.dispatch.taken).toHaveLength(15), within);
    await becomes(id, { progress: { targeted: 120, pending: 120 } });
    expect(world.dispatch.taken).toHaveLength(15);
    world.dispatch.treat = () => 'deliver';
    await world.dispatch.release();
    await becomes(id, { state: 'finished', progress: { sent: 120 } });
  });

  it('hands nothing over while paused, and the rest once resumed', async () => {
    world = await setUp(() => 'wait', { env: { POSTRIDER_CAMPAIGN_WINDOW: '10' } });
    const id = await launched({}, 30);
    await eventually(() => expect(world.dispatch.taken).toHaveLength(10), within);
    expect(await world.ask('POST', `/v1/campaigns/${id}/pause`)).toMatchObject({ body: { state: 'paused' } });
    world.dispatch.treat = () => 'deliver';
    await world.dispatch.release();
    await becomes(id, { state: 'paused', progress: { sent: 10, pending: 20 } });
    expect(world.dispatch.taken).toHaveLength(10);
    await world.ask('POST', `/v1/campaigns/${id}/resume`);
    await becomes(id, { state: 'finished', progress: { sent: 30 } });
  });

  it('cancels what has not left when stopped', async () => {
    world = await setUp(() => 'wait', { env: { POSTRIDER_CAMPAIGN_WINDOW: '10' } });
    const id = await launched({}, 30);
    await eventually(() => expect(world.dispatch.taken).toHaveLength(10), within);
    await world.ask('POST', `/v1/campaigns/${id}/stop`, { because: 'wrong price' });
    await becomes(id, {
      state: 'stopped',
      because: 'wrong price',
      progress: { targeted: 30, cancelled: 20, pending: 10 },
    });
    expect(await world.ask('POST', `/v1/campaigns/${id}/resume`)).toMatchObject({ status: 409 });
  });

  it('launched twice at once is launched once', async () => {
    world = await setUp();
    const id = await world.drafted({}, 40);
    const answers = await Promise.all([1, 2].map(() => world.ask('POST', `/v1/campaigns/${id}/launch`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await becomes(id, { state: 'finished', progress: { sent: 40 } });
    expect(world.dispatch.taken).toHaveLength(40);
  });

  it('sends again what failed, and only that', async () => {
    world = await setUp((phone, times) => (times === 1 && /[01]$/.test(phone) ? 'fail' : 'deliver'));
    const id = await launched({ stopRules: { failureShare: false } }, 50);
    await becomes(id, { state: 'finished', progress: { sent: 40, failed: 10 } });
    await world.ask('POST', `/v1/campaigns/${id}/retry`);
    await becomes(id, { state: 'finished', progress: { targeted: 50, sent: 50, failed: 0 } });
    expect(world.dispatch.taken).toHaveLength(60);
    expect(await world.ask('POST', `/v1/campaigns/${id}/retry`)).toMatchObject({ status: 409 });
  });
});

describe('a long list', () => {
  /** At most 8 batches are planned ahead of what was handed over. */
  const env = { POSTRIDER_PLAN_BATCH: '5', POSTRIDER_CAMPAIGN_WINDOW: '10' };
  const underWay = async (changed: Record<string, unknown> = {}): Promise<string> => {
    world = await setUp(() => 'wait', { env });
    const id = await launched(changed, 200);
    await eventually(async () => expect(await rowsOf(id, ['planned'])).toBeGreaterThanOrEqual(40), within);
    // A window of which less than a quarter is free is not filled up.
    await eventually(() => expect(world.dispatch.taken.length).toBeGreaterThanOrEqual(8), within);
    await delay(200);
    return id;
  };
  const left = () => world.dispatch.taken.length;
  const rowsOf = async (id: string, states = ['planned', 'handed', 'requested']): Promise<number> => {
    const count = 'select count(*)::int as rows from recipient where campaign_id = $1 and state = any($2)';
    return (await world.service.host.pool.query<{ rows: number }>(count, [id, states])).rows[0]!.rows;
  };
  const goOn = async (): Promise<void> => {
    world.dispatch.treat = () => 'deliver';
    await world.dispatch.release();
  };

  it('is planned a little ahead of what leaves, and is all there in the figures from the start', async () => {
    const id = await underWay();
    expect(await world.shown(id)).toMatchObject({
      progress: { targeted: 200, pending: 200 },
      forecast: { remaining: 200 },
    });
    expect(await rowsOf(id)).toBeLessThan(55);
    await goOn();
    await becomes(id, { state: 'finished', progress: { targeted: 200, sent: 200, pending: 0 } });
    expect(new Set(world.dispatch.taken.map(({ phone }) => phone)).size).toBe(200);
  });

  it('that is stopped tells of each person, also of who was not planned yet, by variant', async () => {
    const variants = [
      { name: 'plain', weight: 1 },
      { name: 'warm', weight: 1 },
    ];
    const id = await underWay({ experiment: { holdout: 0.2, variants } });
    const before = await world.shown(id);
    const { targeted, holdout } = before.progress;
    expect(targeted + holdout).toBe(200);
    await world.ask('POST', `/v1/campaigns/${id}/stop`);
    await becomes(id, { state: 'stopped', progress: { targeted, holdout, cancelled: targeted - left() } });
    const sizes = (shown: typeof before) =>
      shown.variants.map(({ name, targeted, people }: Record<string, unknown>) => [name, targeted, people]).sort();
    expect(sizes(await world.shown(id))).toEqual(sizes(before));
    await goOn();
    await becomes(id, { progress: { targeted, sent: left(), pending: 0 } });
  });

  it('that expires tells so of everybody who got nothing', async () => {
    const id = await underWay({ expiresAt: '2026-03-10T13:00:00.000Z' });
    world.clock.set('2026-03-10T13:00:00.000Z');
    await becomes(id, { state: 'running', progress: { targeted: 200, expired: 200 - left() } });
    await goOn();
    await becomes(id, { state: 'finished', progress: { targeted: 200, expired: 200 - left(), sent: left() } });
  });

  it('of which somebody is erased before they are planned ends with them as cancelled', async () => {
    const id = await underWay();
    const last = 'select person_key as key from audience_member order by line desc limit 3';
    const { rows } = await world.service.host.pool.query<{ key: string }>(last);
    const contactId = v7();
    const aliases = rows.map(({ key }) => key);
    await world.say(contactId, ContactErased, { contactId, suppressionHashes: [] }, { aliases });
    await world.service.host.readers.caughtUp('journeys:erasures', 'dispatch', 5_000);
    await goOn();
    await becomes(id, { state: 'finished', progress: { targeted: 200, sent: 197, cancelled: 3 } });
  });

  it('that was under way before an upgrade, when figures knew of who was planned only, is counted', async () => {
    const id = await underWay();
    await world.ask('POST', `/v1/campaigns/${id}/pause`);
    await becomes(id, { state: 'paused' });
    const { pool } = world.service.host;
    await pool.query('update occurrence set counted = false');
    await pool.query(`update campaign_figure set amount = (select count(*) from recipient) where measure = 'pending'`);
    await world.ask('POST', `/v1/campaigns/${id}/resume`);
    await becomes(id, { state: 'running', progress: { targeted: 200, pending: 200 } });
    await goOn();
    await becomes(id, { state: 'finished', progress: { targeted: 200, sent: 200 } });
  });
});

describe('a rule', () => {
  it('stops a campaign of which too much fails, above its floor', async () => {
    world = await setUp(() => 'fail', { env: { POSTRIDER_CAMPAIGN_WINDOW: '20' } });
    const id = await launched({ stopRules: { failureShare: { threshold: 0.25, floor: 30 } } }, 3_000);
    await becomes(id, { state: 'stopped', because: expect.stringContaining('failureShare: 100 %') });
    await becomes(id, { progress: { pending: 0, targeted: 3_000 } });
    const { failed, cancelled } = (await world.shown(id)).progress;
    expect(failed).toBeGreaterThanOrEqual(30);
    expect(failed + cancelled).toBe(3_000);
    expect(cancelled).toBeGreaterThan(0);
  });

  it('pauses a campaign whose template Meta paused', async () => {
    world = await setUp(() => 'wait', { env: { POSTRIDER_CAMPAIGN_WINDOW: '10' } });
    const id = await launched({}, 30);
    await eventually(() => expect(world.dispatch.taken).toHaveLength(10), within);
    await world.say(templateId('welcome'), TemplatePaused, { templateId: templateId('welcome') });
    await becomes(id, { state: 'paused', because: expect.stringContaining('welcome (en_US)') });
  });
});

describe('a crash', () => {
  it('of journeys in the middle doubles nobody and loses nobody', async () => {
    world = await setUp(() => 'deliver', { env: { POSTRIDER_CAMPAIGN_WINDOW: '40', POSTRIDER_PLAN_BATCH: '100' } });
    const id = await launched({ stopRules: { failureShare: false } }, 600);
    await eventually(() => expect(world.dispatch.taken.length).toBeGreaterThan(100), within);
    const { databaseUrl } = { databaseUrl: world.service.host.pool.options.connectionString! };
    const { dispatch, logs, clock } = world;
    await world.service.host.pool.query(
      `update recipient set state = 'handed', message_id = null, handed_at = '2026-03-10T11:59:00Z'
        where recipient_id in (select recipient_id from recipient where state = 'planned' limit 5)`,
    );
    await world.close();
    clock.advance(20_000);
    world = await setUp(undefined, { databaseUrl, dispatch, logs, clock });
    await becomes(id, { state: 'finished', progress: { targeted: 600, sent: 600 } });
    expect(new Set(dispatch.taken.map(({ phone }) => phone)).size).toBe(600);
    expect(dispatch.taken).toHaveLength(600);
  });
});

describe('time', () => {
  it('starts it at its minute in its zone, and not before', async () => {
    world = await setUp();
    const id = await launched({ startAt: '2026-03-10T14:30', timeZone: 'Europe/Berlin' }, 20);
    await becomes(id, { state: 'scheduled', startsAt: '2026-03-10T13:30:00.000Z' });
    world.clock.set('2026-03-10T13:29:59.000Z');
    await becomes(id, { state: 'scheduled' });
    expect(world.dispatch.taken).toHaveLength(0);
    world.clock.set('2026-03-10T13:30:00.000Z');
    await becomes(id, { state: 'finished', progress: { sent: 20 } });
  });

  it('raises an alarm that says why it could not start at its minute', async () => {
    world = await setUp();
    const id = await launched({ startAt: '2026-03-10T13:00:00Z' }, 20);
    await world.say(templateId('welcome'), TemplatePaused, { templateId: templateId('welcome') });
    await world.service.host.readers.caughtUp('journeys:template-copy', 'templates', 5_000);
    world.clock.set('2026-03-10T13:00:00.000Z');
    await eventually(async () => {
      const shards = [...Array(world.service.log.shards).keys()];
      const all = (await Promise.all(shards.map((shard) => world.service.log.readShard(shard, 0, 500)))).flat();
      expect(all.find(({ type }) => type === 'AlarmRaised')?.data).toMatchObject({
        kind: 'campaign-not-started',
        subject: { campaignId: id },
        text: expect.stringContaining('The template "welcome" is paused'),
      });
    }, within);
  });

  it('brings a recurring one again, each time its own run', async () => {
    world = await setUp();
    const id = await launched({ recurrence: { cron: '0 13 * * *', occurrencesMax: 2 } }, 20);
    await becomes(id, { state: 'scheduled', startsAt: '2026-03-10T13:00:00.000Z' });
    world.clock.set('2026-03-10T13:00:00.000Z');
    await becomes(id, { state: 'scheduled', occurrence: 1, startsAt: '2026-03-11T13:00:00.000Z' });
    expect(world.dispatch.taken).toHaveLength(20);
    world.clock.set('2026-03-11T13:00:00.000Z');
    await becomes(id, { state: 'finished', occurrence: 2, progress: { targeted: 20, sent: 20 } });
    expect(world.dispatch.taken).toHaveLength(40);
  });
});

it('splits an experiment by a hash, keeps the holdout out, and shows both sides', async () => {
  world = await setUp();
  const experiment = {
    holdout: 0.2,
    variants: [
      { name: 'plain', weight: 1 },
      { name: 'warm', weight: 1, variables: ['dear {{ name }}'] },
    ],
  };
  const { body } = await world.ask('POST', '/v1/campaigns', design({ experiment }));
  await world.upload(body.id, csvOf(500));
  await world.ask('POST', `/v1/campaigns/${body.id}/launch`);
  await becomes(body.id, { state: 'finished' });
  const { progress, variants } = await world.shown(body.id);
  expect(progress.targeted + progress.holdout).toBe(500);
  expect(progress.holdout).toBeGreaterThan(60);
  expect(world.dispatch.taken).toHaveLength(progress.sent);
  const warm = variants.find(({ name }: { name: string }) => name === 'warm');
  expect(warm.sent).toBeGreaterThan(140);
  expect(warm.rates.delivered).toMatchObject({ share: 1, low: expect.any(Number) });
});
