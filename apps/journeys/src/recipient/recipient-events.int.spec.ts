import { CommandRejected, ConsentRevoked, ContactErased } from '@postrider/event-contracts';
import { fakeInternalCalls } from '@postrider/service-host';
import { aliasKey } from '@postrider/keys';
import { eventually } from '@postrider/test-backends';
import { v7 } from 'uuid';
import { setUp, type SetUp } from '../testing/set-up';

let world: SetUp;
afterEach(() => world.close());

const within = { withinMs: 8_000 };
const launched = async (design: Record<string, unknown>, people: number): Promise<string> => {
  const id = await world.drafted(design, people);
  await world.ask('POST', `/v1/campaigns/${id}/launch`);
  return id;
};
const optOut = async (phone: string): Promise<void> => {
  const secret = await fakeInternalCalls(world.logs).identitySecret(world.service.workspaceId);
  const contactId = v7();
  const saidAt = world.clock.now().toISOString();
  const data = { contactId, purpose: 'marketing', source: 'keyword', saidAt } as const;
  await world.say(contactId, ConsentRevoked, data, { aliases: [aliasKey(secret, { phone })] });
};

it('who opts out after a message counts once, and too many stop the campaign', async () => {
  world = await setUp(() => 'deliver');
  const stopRules = { optOutShare: { threshold: 0.2, floor: 5 } };
  const id = await launched({ stopRules, ratePerSecond: 0.001 }, 30);
  world.clock.advance(1);
  await eventually(() => expect(world.dispatch.taken).toHaveLength(1), within);
  const [first] = world.dispatch.taken;
  await optOut(first!.phone);
  await optOut(first!.phone);
  await optOut('+15559999999');
  await eventually(
    async () => expect((await world.shown(id)).progress).toMatchObject({ optedOut: 1, sent: 1 }),
    within,
  );
  await world.ask('POST', `/v1/campaigns/${id}/stop`);

  const other = await launched({ stopRules }, 10);
  await eventually(() => expect(world.dispatch.taken).toHaveLength(11), within);
  expect(await world.shown(other)).toMatchObject({ progress: { optedOut: 0 } });
});

it('a command that cannot become a message is refused, with its code, and the rest goes on', async () => {
  world = await setUp(() => 'deliver');
  const take = world.dispatch.take.bind(world.dispatch);
  let rejected = 0;
  world.dispatch.take = async (command) => {
    if (rejected++ > 2) return take(command);
    const { topic, partition, offset, idempotencyKey } = command;
    const data = { code: 'channel-inactive', detail: 'x', topic, partition, offset, idempotencyKey };
    return world.say(v7(), CommandRejected, data);
  };
  const id = await launched({}, 10);
  await eventually(
    async () => expect(await world.shown(id)).toMatchObject({ state: 'finished', progress: { sent: 7, refused: 3 } }),
    within,
  );
  const { rows } = await world.service.host.pool.query(`select distinct code from recipient where state = 'refused'`);
  expect(rows).toEqual([{ code: 'channel-inactive' }]);
});

it('of an erased person nothing is kept, and nothing more is sent', async () => {
  world = await setUp(() => 'wait', { env: { POSTRIDER_CAMPAIGN_WINDOW: '1' } });
  const id = await launched({}, 3);
  await eventually(() => expect(world.dispatch.taken).toHaveLength(1), within);
  const { pool } = world.service.host;
  const { rows } = await pool.query(`select person_key from recipient order by state desc`);
  const contactId = v7();
  const aliases = rows.map(({ person_key }: { person_key: string }) => person_key);
  await world.say(contactId, ContactErased, { contactId, suppressionHashes: [] }, { aliases });
  await eventually(
    async () => expect((await world.shown(id)).progress).toMatchObject({ cancelled: 2, pending: 1 }),
    within,
  );
  const left = await pool.query(`select (select count(*)::int from audience_member) as members,
    (select count(*)::int from recipient where command <> '') as commands`);
  expect(left.rows).toEqual([{ members: 0, commands: 0 }]);
});
