import { startSimulator } from '@postrider/cloud-api-simulator';
import { eventually } from '@postrider/test-backends';
import { startSending, type Sending } from '../testing/sending';

let sending: Sending;
beforeAll(async () => {
  // Long enough for a busy machine: what is asked here is not how fast, but whether each goes once.
  sending = await startSending(await startSimulator({ port: 0 }), {
    env: { POSTRIDER_SEND_TIMEOUT_MS: '60000', POSTRIDER_SENDER_LEASE_MS: '90000' },
  });
});
afterAll(() => sending.close());

it('goes out a thousand at a time, each once', async () => {
  const phones = Array.from({ length: 1_000 }, (_, index) => `+1650556${1_000 + index}`);
  const { body } = await sending.service.ask('POST', '/v1/messages/batch', {
    messages: phones.map((phone) => sending.order(phone)),
  });
  const ids: string[] = body.results.map((result: { id: string }) => result.id);
  await eventually(
    async () => {
      const streams = await sending.service.log.readStreams(ids);
      const done = [...streams.values()].filter((events) => events.at(-1)!.type === 'MessageAccepted');
      expect(done).toHaveLength(1_000);
    },
    { withinMs: 45_000, everyMs: 500 },
  );
  const received: number[] = [];
  for (const phone of phones) received.push((await sending.atMeta(phone)).length);
  expect(received.filter((count) => count !== 1)).toEqual([]);
});
