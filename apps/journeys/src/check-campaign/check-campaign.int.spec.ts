import { PolicyChanged, TemplatePaused } from '@postrider/event-contracts';
import { defaultWorkspaceId } from '@postrider/service-host';
import { eventually } from '@postrider/test-backends';
import { derivedId } from '@postrider/keys';
import { definition, design, sayTemplate, setUp, templateId, type SetUp } from '../testing/set-up';

let world: SetUp;
beforeAll(async () => {
  world = await setUp();
});
afterAll(() => world.close());

const preview = async (id: string, body?: unknown) =>
  (await world.ask('POST', `/v1/campaigns/${id}/preview`, body)).body;
const policy = async (name: string, said: Record<string, unknown>) => {
  const id = derivedId.policy(defaultWorkspaceId, name);
  await world.say(id, PolicyChanged, { name, policyVersion: 1, policy: said });
  await world.service.host.readers.caughtUp('journeys:configuration-copy', 'configuration', 5_000);
};

describe('a check', () => {
  it('shows the first messages as they will look, who lacks what, the cost and the end, and sends nothing', async () => {
    const rates = [{ category: 'marketing', price: 0.1 }];
    await policy('spend', { currency: 'EUR', rates });
    const id = await world.drafted(
      { ratePerSecond: 2 },
      'phone,name\n+15552000001,Ada\n+15552000002,\n+15552000003,Cy\n',
    );
    expect(await preview(id, { show: 1 })).toMatchObject({
      ...{ ready: true, people: 3, checked: 3, sendable: 2, decisions: null },
      refused: [{ code: 'parameters-mismatch', because: expect.stringContaining('name'), people: 1, lines: [3] }],
      rendered: [{ line: 2, message: { body: 'Hello Ada, welcome to our shop and thank you for joining.' } }],
      cost: { currency: 'EUR', estimated: 0.2 },
      forecast: { ratePerSecond: 2, remaining: 2, endsAt: '2026-03-10T12:00:01.000Z' },
    });
    expect(world.dispatch.taken).toHaveLength(0);
  });

  it('says what keeps the whole campaign from being sent', async () => {
    const id = await world.drafted({ channel: 'nowhere' }, 1);
    expect(await preview(id)).toMatchObject({ ready: false, problem: { code: 'unknown-channel' } });
  });

  it("writes to each person in their language, else in the campaign's fallback", async () => {
    await sayTemplate(world.say, { ...definition('greeting', 'de') });
    await sayTemplate(world.say, { ...definition('greeting', 'en_US') });
    await world.service.host.readers.caughtUp('journeys:template-copy', 'templates', 5_000);
    const rule = { template: { name: 'greeting', fallback: 'en_US' } };
    const id = await world.drafted(rule, 'phone,name,language\n+15552000001,Ada,de-AT\n+15552000002,Bo,fr\n');
    const { rendered } = await preview(id);
    expect(rendered.map(({ language }: { language: string }) => language)).toEqual(['de', 'en_US']);
  });
});

describe('a launch is refused', () => {
  const launch = (id: string, body?: unknown) => world.ask('POST', `/v1/campaigns/${id}/launch`, body);

  it('while a variable asks for what nobody has, by its name', async () => {
    const id = await world.drafted({ variables: ['{{ city }}'] }, 3);
    expect(await launch(id)).toMatchObject({ status: 422, body: { code: 'missing-variable' } });
    expect((await launch(id)).body.detail).toContain('"city"');
    expect(await launch(await world.drafted({ variables: ['{{ city | default: "town" }}'] }, 1))).toMatchObject({
      status: 200,
    });
  });

  it('while the variables are not the template’s', async () => {
    const id = await world.drafted({ variables: ['{{ name }}', 'more'] }, 3);
    expect(await launch(id)).toMatchObject({ status: 422, body: { code: 'parameters-mismatch' } });
  });

  it('without people, without the template, and while Meta has it paused', async () => {
    const empty = (await world.ask('POST', '/v1/campaigns', design())).body.id;
    expect(await launch(empty)).toMatchObject({ status: 409 });
    const unknown = await world.drafted({ template: { name: 'nothing' } }, 1);
    expect(await launch(unknown)).toMatchObject({ status: 422, body: { code: 'unknown-template' } });
    await sayTemplate(world.say, definition('paused_one'));
    await world.say(templateId('paused_one'), TemplatePaused, { templateId: templateId('paused_one') });
    const paused = await world.drafted({ template: { name: 'paused_one' } }, 1);
    expect(await launch(paused)).toMatchObject({ status: 422, body: { code: 'template-paused' } });
  });

  it('to a minute in the past, one that clocks skip, and one without a zone', async () => {
    const id = await world.drafted({}, 1);
    for (const start of [
      { startAt: '2026-03-10T09:00:00Z' },
      { startAt: '2026-03-29T02:30', timeZone: 'Europe/Berlin' },
      { startAt: '2026-04-01T09:00' },
    ]) {
      expect(await launch(id, start)).toMatchObject({ status: 400, body: { errors: [{ path: 'startAt' }] } });
    }
  });

  it('until another key has approved it, where the workspace asks for that', async () => {
    await policy('campaigns', { approval: 'required' });
    const id = await world.drafted({}, 1);
    expect(await launch(id)).toMatchObject({ status: 422, body: { code: 'not-approved' } });
    expect(await world.ask('POST', `/v1/campaigns/${id}/approve`)).toMatchObject({ status: 403 });
    await policy('campaigns', { approval: 'none' });
  });
});

it('is drafted only if it holds together', async () => {
  for (const [wrong, path] of [
    [{ variables: ['{{ name'] }, 'variables.0'],
    [{ variables: ['{% include "x" %}'] }, 'variables.0'],
    [{ recurrence: { cron: '* * * * * *' } }, 'recurrence.cron'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ expiresAt: '2026-03-10T11:00:00Z' }, 'expiresAt'],
    [{ nme: 'x' }, 'nme'],
  ] as const) {
    const { status, body } = await world.ask('POST', '/v1/campaigns', design(wrong));
    expect({ status, path: body.errors?.[0].path }).toEqual({ status: 400, path });
  }
});

it('is made once for one Idempotency-Key, and found at once', async () => {
  const key = { 'idempotency-key': 'spring-1' };
  const [one, two] = await Promise.all([1, 2].map(() => world.ask('POST', '/v1/campaigns', design(), key)));
  expect(two!.body.id).toBe(one!.body.id);
  expect(await world.ask('GET', `/v1/campaigns/${one!.body.id}`)).toMatchObject({
    body: { state: 'draft', progress: { targeted: 0 } },
  });
  expect((await world.ask('GET', '/v1/campaigns?limit=1')).body.data).toMatchObject([{ name: 'spring' }]);
});

it('sends a test to named people, in no figure and once for its key', async () => {
  const id = await world.drafted({}, 2);
  const body = { to: [{ phone: '+15559990001' }], data: { name: 'Tester' } };
  const key = { 'idempotency-key': 'test-1' };
  expect(await world.ask('POST', `/v1/campaigns/${id}/test`, body, key)).toMatchObject({
    status: 202,
    body: { sent: 1 },
  });
  await world.ask('POST', `/v1/campaigns/${id}/test`, body, key);
  const sent = world.dispatch.taken.filter(({ phone }) => phone === '+15559990001');
  expect(sent).toMatchObject([{ value: { test: true, template: { variables: ['Tester'] } } }]);
  await eventually(async () => expect((await world.shown(id)).progress.targeted).toBe(0), { withinMs: 2_000 });
});
