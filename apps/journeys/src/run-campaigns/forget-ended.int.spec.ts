import { eventually } from '@postrider/test-backends';
import { setUp, type SetUp } from '../testing/set-up';
import { forgetEnded } from './forget-ended';

let world: SetUp;
afterEach(() => world.close());

const csv = ['phone,name', '+15552000001,Anselma', '+15552000002,Bruna', '12,Nobody'].join('\n');
const become = (id: string, expected: object) =>
  eventually(async () => expect(await world.shown(id)).toMatchObject(expected), { withinMs: 30_000 });
const launched = async (): Promise<string> => {
  const id = await world.drafted({}, csv);
  expect(await world.ask('POST', `/v1/campaigns/${id}/launch`)).toMatchObject({ status: 200 });
  return id;
};
/** What the tables hold, bytes as the letters that they would be. */
async function held(campaignId: string) {
  const { pool } = world.service.host;
  const { rows: members } = await pool.query<{ bytes: Buffer }>(
    'select personal as bytes from audience_member join audience using (audience_id) where campaign_id = $1',
    [campaignId],
  );
  const { rows: commands } = await pool.query<{ bytes: Buffer }>(
    `select command as bytes from recipient where campaign_id = $1 and command <> ''`,
    [campaignId],
  );
  const { rows: errors } = await pool.query(
    'select line from audience_error join audience using (audience_id) where campaign_id = $1',
    [campaignId],
  );
  const { rows: keys } = await pool.query(
    `select id from log.part_key where subject = 'campaign ' || $1::text and wrapped is not null`,
    [campaignId],
  );
  const said = [...members, ...commands].map(({ bytes }) => bytes.toString('latin1')).join(' ');
  return { counts: [members.length, commands.length, errors.length, keys.length], said };
}
const forgetAfter = (audienceDays: number) => {
  const { pool, clock, parts } = world.service.host;
  return forgetEnded({ pool, clock, parts, audienceDays });
};

describe('what a campaign knows of its people', () => {
  it('lies sealed, in rows and frozen messages, and is sent as it was', async () => {
    world = await setUp();
    const id = await launched();
    await become(id, { state: 'finished', progress: { sent: 2 } });
    const { counts, said } = await held(id);
    expect(counts).toEqual([2, 2, 1, 1]);
    expect(said).not.toMatch(/1555200000|Anselma|Bruna|welcome/);
    const names = world.dispatch.taken.map(({ value }) => JSON.stringify(value));
    expect(names.join(' ')).toMatch(/Anselma.*Bruna|Bruna.*Anselma/);
  });

  it('is forgotten some days after the end, and the figures stay', async () => {
    world = await setUp(() => 'fail');
    const id = await launched();
    await become(id, { state: 'finished', progress: { failed: 2 } });
    const { progress } = await world.shown(id);
    world.clock.advance(29 * 86_400_000);
    await forgetAfter(30);
    expect((await held(id)).counts).toEqual([2, 2, 1, 1]);
    world.clock.advance(2 * 86_400_000);
    await forgetAfter(30);
    expect((await held(id)).counts).toEqual([0, 0, 0, 0]);
    expect(await world.shown(id)).toMatchObject({ state: 'finished', progress });
  });

  it('is kept while it may go on', async () => {
    world = await setUp(() => 'wait', { env: { POSTRIDER_CAMPAIGN_WINDOW: '1' } });
    const id = await launched();
    await eventually(() => expect(world.dispatch.taken).toHaveLength(1), { withinMs: 30_000 });
    world.clock.advance(100 * 86_400_000);
    await forgetAfter(30);
    expect((await held(id)).counts).toEqual([2, 2, 1, 1]);
  });
});
