import { PolicyChanged } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { defaultWorkspaceId } from '@postrider/service-host';
import { setUp, type SetUp } from '../testing/set-up';

let world: SetUp;
afterEach(() => world.close());

const everyDay = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const nights = { weekly: [{ days: [...everyDay], from: '21:00', to: '08:00' }], dates: [] };
const preview = async (id: string) => (await world.ask('POST', `/v1/campaigns/${id}/preview`)).body;

it('foresees the end by what dispatch would decide: quiet hours of each zone, caps, and who gets nothing', async () => {
  world = await setUp(undefined, {
    quiet: [[], [{ zones: ['America/Los_Angeles'], periods: nights }]],
    decide: (_, place) => {
      if (place === 0) return { outcome: 'refuse', code: 'no-consent', quiet: 0 };
      if (place === 1) return { outcome: 'hold', code: 'frequency-cap', until: '2026-03-10T13:50:00.000Z', quiet: 0 };
      if (place === 2) return { outcome: 'hold', code: 'quiet-hours', until: '2026-03-10T15:00:00.000Z', quiet: 1 };
      return { outcome: 'send', code: 'send', quiet: 0 };
    },
  });
  const id = await world.drafted({ ratePerSecond: 1 }, 10);
  const checked = await preview(id);
  expect(checked.decisions).toEqual({ 'no-consent': 1, 'frequency-cap': 1, 'quiet-hours': 1, send: 7 });
  // Seven at once, the capped one at two, and Los Angeles at eight in its morning.
  expect(checked.forecast).toMatchObject({ ratePerSecond: 1, remaining: 9, endsAt: '2026-03-10T15:00:01.000Z' });
  expect(checked.forecast.standsStillSeconds).toBe(3 * 3_600 - 7 - 1);
});

it('foresees from the minute it starts at, and prices only who would get it', async () => {
  world = await setUp(undefined, {
    decide: (_, place) => ({ outcome: place < 4 ? 'send' : 'refuse', code: place < 4 ? 'send' : 'stopped', quiet: 0 }),
  });
  const rates = [{ category: 'marketing', country: 'US', price: 0.05 }];
  const data = { name: 'spend', policyVersion: 1, policy: { currency: 'EUR', rates } };
  await world.say(derivedId.policy(defaultWorkspaceId, 'spend'), PolicyChanged, data);
  await world.service.host.readers.caughtUp('journeys:configuration-copy', 'configuration', 5_000);
  const people = ['+14155550100', '+14155550101', '+14155550102', '+34600000001', '+14155550103', '+14155550104'];
  const csv = `phone,name\n${people.map((phone) => `${phone},Ada`).join('\n')}`;
  const id = await world.drafted({ ratePerSecond: 2, startAt: '2026-03-11T09:00', timeZone: 'Europe/Madrid' }, csv);
  const checked = await preview(id);
  expect(checked.cost).toEqual({ currency: 'EUR', estimated: 0.15, withoutPrice: 1 });
  expect(checked.forecast).toMatchObject({
    ...{ startsAt: '2026-03-11T08:00:00.000Z', endsAt: '2026-03-11T08:00:02.000Z', remaining: 4 },
  });
});

it('counts in each page of people what the pages before it would use up', async () => {
  world = await setUp(undefined, {
    decide: (_, place, before) =>
      before.openings + place < 1_100
        ? { outcome: 'send', code: 'send', quiet: 0 }
        : { outcome: 'hold', code: 'portfolio-limit', quiet: 0 },
  });
  const id = await world.drafted({}, 1_300);
  expect((await preview(id)).decisions).toEqual({ send: 1_100, 'portfolio-limit': 200 });
});
