import { eventually, ids, startRig, wamidOf } from './rig';

describe('load mode', () => {
  it('takes thousands of sends at once, reports every status in few POSTs, and remembers only as many as it is told to', async () => {
    const rig = await startRig({ messagesKept: 1_000 }, { load: true });
    await rig.subscribe();
    const total = 2_000;
    const sent: string[] = [];
    let next = 0;
    const sendAll = async (): Promise<void> => {
      while (next < total) {
        const to = `+49151${String(1_000_000 + next)}01`;
        next += 1;
        sent.push(wamidOf(await rig.sendTemplate(to, 'order_update', ['Ada', 'A-1'], ids.slowPhone)));
      }
    };
    await Promise.all(Array.from({ length: 32 }, sendAll));
    expect(new Set(sent).size).toBe(total);
    await eventually(() => expect(rig.receiver.statuses()).toHaveLength(total * 3));
    expect(rig.receiver.posts.length).toBeLessThan(total);
    expect((await rig.control('GET', '/messages?limit=5000')).body).toMatchObject({ total, data: { length: 1_000 } });
    await rig.close();
  });
});
