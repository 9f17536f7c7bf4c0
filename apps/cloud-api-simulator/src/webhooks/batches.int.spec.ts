import { eventually, startRig, type Rig } from '../testing/rig';
import { bytesMax, updatesMax } from './compose';

describe('a large batch', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
    await rig.subscribe();
    await rig.control('POST', '/faults', { on: 'webhook', kind: 'batch', delayMs: 3_000 });
  });
  afterEach(() => rig.close());

  /** People who all write while webhooks are held back. */
  const written = (count: number, body: string) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        rig.inbound(`+49151${String(10_000_000 + index)}`, { type: 'text', text: { body } }),
      ),
    );
  const sizes = () =>
    rig.receiver.posts.map(({ body }) => ({
      bytes: body.length,
      updates: (JSON.parse(body) as { entry: { changes: unknown[] }[] }).entry.flatMap((entry) => entry.changes).length,
    }));

  it('holds a thousand updates and no more', async () => {
    await written(1_100, 'Hi');
    await eventually(() => expect(rig.receiver.messages()).toHaveLength(1_100), 30_000);
    expect(Math.max(...sizes().map(({ updates }) => updates))).toBe(updatesMax);
  });

  it('has three megabytes at most, whatever it holds', async () => {
    await written(1_000, 'x'.repeat(4_000));
    await eventually(() => expect(rig.receiver.messages()).toHaveLength(1_000), 30_000);
    const bytes = sizes().map((size) => size.bytes);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(bytesMax);
    expect(Math.max(...bytes)).toBeGreaterThan(bytesMax / 2);
  });
});
