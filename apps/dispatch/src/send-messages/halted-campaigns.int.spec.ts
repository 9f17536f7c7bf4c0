import { startSimulator } from '@postrider/cloud-api-simulator';
import { CampaignPaused, CampaignResumed, CampaignStopped } from '@postrider/event-contracts';
import { eventually } from '@postrider/test-backends';
import { v7 } from 'uuid';
import { startSending, type Sending } from '../testing/sending';
import { workspaceId } from '../testing/set-up';

let sending: Sending;
beforeAll(async () => {
  sending = await startSending(await startSimulator({ port: 0 }));
});
afterAll(() => sending.close());

const inMinutes = (count: number): string => new Date(sending.clock.now().getTime() + count * 60_000).toISOString();
const sent = ['MessageRequested', 'SendAttempted', 'MessageAccepted'];

/** As journeys asks for them; answers the messages' ids. */
async function askAll(campaignId: string, phones: readonly string[], changes: object = {}): Promise<string[]> {
  const { host, log } = sending.service;
  const headers = { origin: `campaign:${campaignId}` };
  const references = phones.map(() => v7());
  await Promise.all(
    phones.map((phone, index) => {
      const value = sending.order(phone, { reference: references[index], ...changes });
      return host.commands.publish({ workspaceId, idempotencyKey: v7(), key: phone, value, headers });
    }),
  );
  const shards = await Promise.all((await log.heads()).map((_, shard) => log.readShard(shard, 0, 1_000)));
  const asked = new Map(
    shards.flat().map(({ data, streamId }) => [(data as { reference?: string }).reference, streamId]),
  );
  return references.map((reference) => asked.get(reference)!);
}

const ask = async (campaignId: string, phone: string, changes?: object): Promise<string> =>
  (await askAll(campaignId, [phone], changes))[0]!;

async function say(campaignId: string, event: Parameters<Sending['others']['say']>[2]): Promise<void> {
  await sending.others.say('journeys', campaignId, event);
  await sending.service.host.readers.caughtUp('dispatch:halted-campaigns', 'journeys', 5_000);
}

it('holds what waits of a paused campaign, and what comes while it is paused, until it is resumed', async () => {
  const campaignId = v7();
  const waiting = await ask(campaignId, '+49305551500', { scheduledAt: inMinutes(30) });
  await say(campaignId, CampaignPaused.of({ campaignId, because: 'a pause' }));
  const late = await ask(campaignId, '+49305551501');
  const [, held] = await sending.becomes(late, 'MessageRequested', 'MessageHeld');
  expect(held!.data).toMatchObject({ code: 'campaign-paused' });
  sending.later(31 * 60_000);
  await sending.becomes(waiting, 'MessageRequested', 'MessageHeld');
  await sending.becomes(await sending.send('+49305551502'), ...sent);

  await say(campaignId, CampaignResumed.of({ campaignId }));
  const released = ['MessageRequested', 'MessageHeld', 'MessageReleased', 'SendAttempted', 'MessageAccepted'];
  await sending.becomes(late, ...released);
  await sending.becomes(waiting, ...released);
});

it('cancels within a second what waits of a stopped campaign, and what comes later', async () => {
  const campaignId = v7();
  const phones = Array.from({ length: 40 }, (_, index) => `+493055516${10 + index}`);
  const waiting = await askAll(campaignId, phones, { scheduledAt: inMinutes(30) });
  const another = await ask(v7(), '+49305551690', { scheduledAt: inMinutes(30) });
  await say(campaignId, CampaignStopped.of({ campaignId, because: 'enough' }));
  await eventually(
    async () => {
      const streams = [...(await sending.service.log.readStreams(waiting)).values()];
      expect(streams.filter((events) => events.at(-1)?.type === 'MessageCancelled')).toHaveLength(40);
    },
    { withinMs: 1_000 },
  );
  await sending.becomes(await ask(campaignId, '+49305551691'), 'MessageRequested', 'MessageCancelled');
  expect(await sending.atMeta('49305551691')).toEqual([]);
  sending.later(31 * 60_000);
  await sending.becomes(another, ...sent);
});
