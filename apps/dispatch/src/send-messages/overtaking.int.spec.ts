import { startSimulator } from '@postrider/cloud-api-simulator';
import { eventually } from '@postrider/test-backends';
import { v7 } from 'uuid';
import { dueFold } from '../due/when-message-changed';
import { startSending, type Sending } from '../testing/sending';
import { sayChannel, slowSenderId, workspaceId } from '../testing/set-up';

let sending: Sending;
beforeAll(async () => {
  sending = await startSending(await startSimulator({ port: 0 }), { env: { POSTRIDER_SEND_TIMEOUT_MS: '8000' } });
});
afterAll(() => sending.close());

const inMinutes = (count: number): string => new Date(sending.clock.now().getTime() + count * 60_000).toISOString();
/** Whose last two digits are below 80: the simulator takes and delivers each. */
const numbers = (count: number, first: number): string[] =>
  Array.from({ length: count }, (_, index) => `+3462${first + Math.floor(index / 80) * 100 + (index % 80)}`);

/** Whom Meta took messages for, in the order in which it did. */
async function takenAtMeta(): Promise<string[]> {
  const answer = await fetch(`${sending.url}/_sim/messages?limit=5000`);
  const { data } = (await answer.json()) as { data: { to: string; acceptedAt: string }[] };
  const inTime = data.toSorted((a, b) => a.acceptedAt.localeCompare(b.acceptedAt));
  return inTime.map(({ to }) => `+${to.replace(/\D/g, '')}`);
}

it("transactional messages overtake a campaign's backlog, though all of it was due before them", async () => {
  const { service } = sending;
  // At 80 a second the backlog takes so long that a moment's hiccup of the machine does not turn the order around.
  await sayChannel(sending.others, { name: 'slow-marketing', senderId: slowSenderId, purpose: 'marketing' });
  expect(await service.host.readers.caughtUp('dispatch:configuration-copy', 'configuration', 60_000)).toBe(true);
  const audience = numbers(600, 5_570_000);
  const buyers = numbers(20, 5_590_000);
  const said = { purpose: 'marketing', state: 'granted', source: 'form' };
  await service.ask(
    'POST',
    '/v1/consents',
    audience.map((phone) => ({ contact: { phone }, ...said })),
  );
  const headers = { origin: `campaign:${v7()}` };
  const marketing = {
    channel: 'slow-marketing',
    template: { name: 'welcome', language: 'en_US', variables: ['Ada'] },
    scheduledAt: inMinutes(30),
  };
  await Promise.all(
    audience.map((phone) => {
      const value = sending.order(phone, { ...marketing, reference: v7() });
      return service.host.commands.publish({ workspaceId, idempotencyKey: v7(), key: phone, value, headers });
    }),
  );
  const messages = buyers.map((phone) =>
    sending.order(phone, { channel: 'slow-transactional', scheduledAt: inMinutes(31) }),
  );
  expect(await service.ask('POST', '/v1/messages/batch', { messages })).toMatchObject({ status: 202 });

  // All of them stand in the table of what is due before any is.
  expect(await service.host.readers.caughtUp(dueFold, 'dispatch', 60_000)).toBe(true);
  sending.later(32 * 60_000);
  const taken = await eventually(
    async () => {
      const all = await takenAtMeta();
      expect(all).toHaveLength(audience.length + buyers.length);
      return all;
    },
    { withinMs: 60_000, everyMs: 500 },
  );
  // A round takes a tenth of a second's worth, two for buyers to one of the campaign; one that is tried again goes two seconds later.
  const ranks = buyers.map((phone) => taken.indexOf(phone));
  expect(Math.min(...ranks)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...ranks)).toBeLessThan(audience.length / 2);
});
