import { eventually } from '@postrider/test-backends';
import { setUp, type SetUp } from '../testing/set-up';

let world: SetUp;
afterEach(() => world.close());

const within = { withinMs: 8_000 };
const audience = { kind: 'contacts', filter: { all: [{ field: 'attributes.tier', op: 'is', value: 'gold' }] } };
const person = (place: number, row: object = { name: `Person ${place}` }) => {
  const phone = `+1555${2000000 + place}`;
  return { to: { phone }, row: { phone, ...row } };
};
const drafted = async (changed: object = {}): Promise<string> => {
  const design = { name: 'gold', channel: 'demo-marketing', template: { name: 'welcome', language: 'en_US' } };
  const { status, body } = await world.ask('POST', '/v1/campaigns', {
    ...design,
    ...{ variables: ['{{ name }}'], audience },
    ...changed,
  });
  expect(status).toBe(201);
  return body.id;
};
const launch = (id: string) => world.ask('POST', `/v1/campaigns/${id}/launch`);
const becomes = (id: string, expected: object) =>
  eventually(async () => expect(await world.shown(id)).toMatchObject(expected), within);

describe('a campaign to the contacts that a filter finds', () => {
  it('is checked, launched without an upload, and reaches each of them once', async () => {
    world = await setUp(undefined, { contacts: [1, 2, 3, 4, 5].map((place) => person(place)) });
    const id = await drafted();
    const { body } = await world.ask('POST', `/v1/campaigns/${id}/preview`, { show: 1 });
    expect(body).toMatchObject({ ready: true, people: 5, checked: 5, sendable: 5, whole: true });
    expect(body.rendered[0].message.body).toContain('Hello Person 1');
    expect(await launch(id)).toMatchObject({ status: 200 });
    await becomes(id, { state: 'finished', progress: { targeted: 5, sent: 5 } });
    expect(new Set(world.dispatch.taken.map(({ phone }) => phone)).size).toBe(5);
    expect((await world.shown(id)).audience).toEqual({ ...audience, people: 5, gathered: true });
  });

  it('keeps no list of them once each has their message', async () => {
    world = await setUp(undefined, { contacts: [person(1), person(2), person(3)] });
    const id = await drafted();
    await launch(id);
    await becomes(id, { state: 'finished' });
    await eventually(async () => {
      const { rows } = await world.service.host.pool.query('select count(*)::int as n from audience_member');
      expect(rows).toEqual([{ n: 0 }]);
    }, within);
  });

  it('finds them anew for each occurrence', async () => {
    const contacts = [person(1)];
    world = await setUp(undefined, { contacts });
    const id = await drafted({ recurrence: { cron: '0 13 * * *', occurrencesMax: 2 } });
    await launch(id);
    world.clock.set('2026-03-10T13:00:00.000Z');
    await becomes(id, { state: 'scheduled', occurrence: 1, progress: { sent: 1 } });
    contacts.push(person(2), person(3));
    world.clock.set('2026-03-11T13:00:00.000Z');
    await becomes(id, { state: 'finished', occurrence: 2, progress: { targeted: 3, sent: 3 } });
  });

  it('goes to who has what it asks for; who lacks it is refused, with the reason', async () => {
    world = await setUp(undefined, { contacts: [person(1, {}), person(2, {}), person(3, { 'First name': 'Cy' })] });
    const id = await drafted({ variables: ['{{ First_name }}'] });
    expect(await launch(id)).toMatchObject({ status: 200 });
    await becomes(id, { state: 'finished', progress: { targeted: 3, sent: 1, refused: 2 } });
  });

  it('is not launched where nobody has what it asks for, or nobody is meant, and takes no list', async () => {
    const contacts = [person(1), person(2), person(3)];
    world = await setUp(undefined, { contacts });
    const asking = await drafted({ variables: ['{{ city }}'] });
    expect(await launch(asking)).toMatchObject({ status: 422, body: { code: 'missing-variable' } });
    const id = await drafted();
    expect(await world.upload(id, 'phone,name\n+15552000009,Eve\n')).toMatchObject({ status: 409 });
    contacts.length = 0;
    expect(await launch(id)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(world.dispatch.taken).toHaveLength(0);
  });
});
