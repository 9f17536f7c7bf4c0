import { setTimeout as pause } from 'node:timers/promises';
import { eventually, gigabyteKb, residentKb } from '@postrider/test-backends';
import { bucketsOf } from '../platform/buckets';
import type { Answer } from '../platform/http';
import { startMetaAlone, type MetaAlone } from '../platform/meta-alone';
import { startPostrider, type Postrider } from '../platform/postrider';
import { openShop, orderUpdate, readers } from '../platform/shop';

const callers = 24;
const forMs = 8_000;
const batch = 1_000;
const patience = { withinMs: 180_000, everyMs: 200 };

let meta: MetaAlone;
let postrider: Postrider;
beforeAll(async () => {
  meta = await startMetaAlone();
  postrider = await startPostrider({ env: { POSTRIDER_SIMULATOR: '0' } });
  await openShop(postrider.call, meta.url);
});
afterAll(async () => {
  await postrider?.crash();
  await meta?.stop();
});

describe('a flood of requests', () => {
  it('is turned away with the word to come again, in less than a gigabyte, and what was taken is there', async () => {
    const scheduledAt = new Date(Date.now() + 86_400_000).toISOString();
    const answers: Answer[] = [];
    let people = 0;
    let peakKb = 0;
    const until = performance.now() + forMs;
    await Promise.all(
      Array.from({ length: callers }, async () => {
        while (performance.now() < until) {
          const messages = readers(batch, people).map((phone) => orderUpdate(phone, { scheduledAt }));
          people += batch;
          const answer = await postrider.call('POST', '/v1/messages/batch', { messages });
          answers.push(answer);
          peakKb = Math.max(peakKb, residentKb(postrider.process.pid));
          // Nobody here waits as long as they are told; but the process has to get at the machine to say so.
          if (answer.status !== 202) await pause(50);
        }
      }),
    );
    const taken = answers.filter(({ status }) => status === 202);
    const turnedAway = answers.filter(({ status }) => status !== 202);
    expect(taken.length).toBeGreaterThan(0);
    expect(turnedAway.length).toBeGreaterThan(0);
    for (const { status, body, headers } of turnedAway) {
      expect([status, body.code]).toEqual(status === 429 ? [429, 'overloaded'] : [503, 'unavailable']);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(peakKb).toBeLessThan(gigabyteKb);

    const [phone = ''] = readers(1, 9_000_000);
    const next = await eventually(async () => {
      const answer = await postrider.call('POST', '/v1/messages', orderUpdate(phone));
      expect(answer.status).toBe(202);
      return answer.body;
    }, patience);
    await eventually(async () => {
      expect((await postrider.call('GET', `/v1/messages/${next.id}`)).body.state).toBe('read');
    }, patience);
    // What was answered 503 may have been kept or not; what was answered 429 was not.
    const unsure = turnedAway.filter(({ status }) => status === 503).length;
    await eventually(async () => {
      const { targeted } = bucketsOf((await postrider.call('GET', '/v1/reports/delivery')).body);
      expect(targeted).toBeGreaterThanOrEqual(taken.length * batch + 1);
      expect(targeted).toBeLessThanOrEqual((taken.length + unsure) * batch + 1);
    }, patience);
  });
});
