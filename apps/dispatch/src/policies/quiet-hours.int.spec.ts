import { startSimulator } from '@postrider/cloud-api-simulator';
import { policySchemas } from '@postrider/compliance';
import type { RecordedEvent } from '@postrider/event-contracts';
import { eventually } from '@postrider/test-backends';
import { startSending, type Sending } from '../testing/sending';
import { sayChannel, senderId, slowSenderId } from '../testing/set-up';

let sending: Sending;
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
beforeAll(async () => {
  sending = await startSending(await startSimulator({ port: 0 }));
  const nights = policySchemas['quiet-hours'].parse({ weekly: [{ days, from: '22:00', to: '08:00' }] });
  await sayChannel(sending.others, { name: 'by-day', senderId, purpose: 'transactional', quietHours: nights });
  await sayChannel(sending.others, { name: 'slow', senderId: slowSenderId, purpose: 'marketing', quietHours: nights });
  await eventually(async () => {
    const { rowCount } = await sending.service.host.pool.query(
      "select from known_channel where name in ('by-day', 'slow')",
    );
    expect(rowCount).toBe(2);
  });
});
afterAll(() => sending.close());

const typesOf = async (id: string) => (await sending.service.log.readStream(id)).map(({ type }) => type);
const consented = (phone: string, changes: object = {}) => ({
  contact: { phone },
  purpose: 'marketing',
  state: 'granted',
  source: 'form',
  ...changes,
});

describe('quiet hours in the night in which the clocks change', () => {
  it.each([
    // In the order of time: a sender's clock does not go back.
    ['Berlin the night before', 'Europe/Berlin', '2027-03-26T22:30:00Z', '2027-03-27T07:00:00.000Z'],
    ['Berlin in spring, an hour early', 'Europe/Berlin', '2027-03-27T22:30:00Z', '2027-03-28T06:00:00.000Z'],
    ['New York in autumn, an hour late', 'America/New_York', '2027-11-07T03:00:00Z', '2027-11-07T13:00:00.000Z'],
    ['Sydney, where it is autumn in April', 'Australia/Sydney', '2028-04-01T12:00:00Z', '2028-04-01T22:00:00.000Z'],
  ])('hold in %s until eight by the clock on the wall, and let go then', async (where, timeZone, at, until) => {
    sending.clock.set(at);
    const phone = `+4930555${60_000 + where.length * 10}`;
    await sending.service.ask('PUT', '/v1/contacts', { phone, timeZone });
    const id = await sending.send(phone, { channel: 'by-day' });
    const [, held] = await sending.becomes(id, 'MessageRequested', 'MessageHeld');
    expect(held!.data).toMatchObject({ code: 'quiet-hours', until });
    sending.clock.set(new Date(Date.parse(until) - 120_000));
    // Whoever is asked now waits two minutes more.
    const { body } = await sending.service.ask('POST', '/v1/decisions', sending.order(phone, { channel: 'by-day' }));
    expect(body).toMatchObject({ outcome: 'hold', until });
    expect(await typesOf(id)).toEqual(['MessageRequested', 'MessageHeld']);
    sending.clock.set(until);
    await sending.becomes(id, 'MessageRequested', 'MessageHeld', 'MessageReleased', 'SendAttempted', 'MessageAccepted');
  });
});

describe('when quiet hours end', () => {
  const evening = '2028-06-01T21:00:00Z';
  const morning = '2028-06-02T06:00:00.000Z';
  const people = Array.from({ length: 300 }, (_, index) => `+4930558${10_000 + index}`);

  it('what was held leaves within the rate, and what is urgent does not wait for it', async () => {
    sending.clock.set(evening);
    await sending.service.ask(
      'POST',
      '/v1/consents',
      people.map((phone) => consented(phone)),
    );
    const template = { name: 'welcome', language: 'en_US', variables: ['Ada'] };
    const messages = people.map((phone) => ({ ...sending.order(phone), channel: 'slow', template }));
    const { body } = await sending.service.ask('POST', '/v1/messages/batch', { messages });
    const held = body.results as { id: string; state: string }[];
    expect(new Set(held.map(({ state }) => state))).toEqual(new Set(['held']));
    sending.clock.set(morning);
    const orders = Array.from({ length: 20 }, (_, n) =>
      sending.order(`+4930559${10_000 + n}`, { channel: 'slow-transactional' }),
    );
    const asked = await sending.service.ask('POST', '/v1/messages/batch', { messages: orders });
    const urgent = (asked.body.results as { id: string }[]).map(({ id }) => id);
    const streams = await all([...held.map(({ id }) => id), ...urgent]);
    const accepted = streams.map((events) => events.find(({ type }) => type === 'MessageAccepted')!.at.getTime());
    const [marketing, transactional] = [accepted.slice(0, held.length), accepted.slice(held.length)];
    // The simulator refuses what is above the number's 80 a second.
    expect(streams.flat().filter(({ type }) => type === 'AttemptFailed')).toEqual([]);
    // All that was urgent had left while much of the rest still waited for its turn.
    expect(marketing.filter((time) => time > Math.max(...transactional)).length).toBeGreaterThan(100);
  });

  async function all(ids: readonly string[]): Promise<RecordedEvent[][]> {
    return eventually(
      async () => {
        const streams = await sending.service.log.readStreams(ids);
        const stories = ids.map((id) => streams.get(id) ?? []);
        const open = stories.filter((events) => !events.some(({ type }) => type === 'MessageAccepted'));
        expect(open).toHaveLength(0);
        return stories;
      },
      { withinMs: 60_000 },
    );
  }
});
