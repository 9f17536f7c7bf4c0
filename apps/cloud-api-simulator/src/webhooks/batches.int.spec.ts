import { eventually, startRig, type Rig } from '../testing/rig';
import { bytesMax, updatesMax } from './compose';

describe('a large batch', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig({ webhookConcurrency: 1, webhookTimeoutMs: 280_000 });
    await rig.subscribe();
  });
  afterEach(() => rig.close());

  /** People who all write while the first webhook waits for its answer. */
  async function written(count: number, body: string): Promise<void> {
    let release: (status: number) => void = () => undefined;
    const first = new Promise<number>((resolve) => (release = resolve));
    rig.receiver.answer = (nth) => (nth === 0 ? first : 200);
    const write = (index: number, text: string) =>
      rig.inbound(`+49151${String(10_000_000 + index)}`, { type: 'text', text: { body: text } });
    await write(count, 'first');
    await eventually(() => expect(rig.receiver.posts).toHaveLength(1));
    let next = 0;
    const writeOn = async (): Promise<void> => {
      while (next < count) await write(next++, body);
    };
    await Promise.all(Array.from({ length: 32 }, writeOn));
    release(200);
    await eventually(() => expect(rig.receiver.messages()).toHaveLength(count + 1));
  }
  const sizes = () =>
    rig.receiver.posts.map(({ body }) => ({
      bytes: body.length,
      updates: (JSON.parse(body) as { entry: { changes: unknown[] }[] }).entry.flatMap((entry) => entry.changes).length,
    }));

  it('holds a thousand updates and no more', async () => {
    await written(1_100, 'Hi');
    expect(sizes().map(({ updates }) => updates)).toEqual([1, updatesMax, 100]);
  });

  it('has three megabytes at most, whatever it holds', async () => {
    await written(1_000, 'x'.repeat(4_000));
    const bytes = sizes().map((size) => size.bytes);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(bytesMax);
    expect(Math.max(...bytes)).toBeGreaterThan(bytesMax / 2);
  });
});
