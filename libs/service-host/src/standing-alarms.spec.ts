import type { RecordedEvent } from '@postrider/event-contracts';
import { memoryLog } from '@postrider/event-store';
import { reactingTo, type By } from './changing/by';
import { changing } from './changing/changing';
import { standingAlarms } from './standing-alarms';
import { testClock } from './testing/test-clock';

const workspaceId = '0198b7a0-0000-7000-8000-00000000000a';
const raised = { key: 'token:1', kind: 'token', severity: 'critical' as const, text: 'Rotate it.' };

describe('a standing alarm', () => {
  const log = memoryLog({ service: 'templates' });
  const readers = { reached: () => Promise.resolve(true), caughtUp: () => Promise.resolve(true) };
  const changes = changing({ service: 'templates', log, clock: testClock(), readers, shownBy: 'x' } as never);
  const alarms = standingAlarms('templates');
  const heard = (id: string): By =>
    reactingTo({ id, workspaceId, correlationId: 'c' } as RecordedEvent, 'templates:when-x');
  const all = async (): Promise<RecordedEvent[]> =>
    (await Promise.all(Array.from({ length: log.shards }, (_, shard) => log.readShard(shard, 0, 100)))).flat();

  it('is raised once in the same words, again in others, and cleared only while it stands', async () => {
    const said = async (...attentions: Parameters<typeof alarms.attend>[2][]): Promise<unknown[]> => {
      const before = (await all()).length;
      for (const attention of attentions) await alarms.attend(changes, heard(`e-${Math.random()}`), attention);
      return (await all()).slice(before).map(({ type, data }) => [type, (data as { text?: string }).text]);
    };
    expect(await said({ clear: [raised.key] })).toEqual([]);
    expect(await said({ raise: raised }, { raise: raised })).toEqual([['AlarmRaised', 'Rotate it.']]);
    expect(await said({ raise: { ...raised, text: 'Now.' } })).toEqual([['AlarmRaised', 'Now.']]);
    expect(await said({ clear: [raised.key] }, { clear: [raised.key] })).toEqual([['AlarmCleared', undefined]]);
  });

  it('is of the workspace of what caused it, by the service that heard it', async () => {
    const [first] = await all();
    expect(first).toMatchObject({ workspaceId, actor: 'service:templates', service: 'templates', correlationId: 'c' });
  });

  it('follows once from one event, however often that is heard', async () => {
    const before = (await all()).length;
    const other = { ...raised, key: 'token:2' };
    await alarms.attend(changes, heard('same'), { raise: other });
    await alarms.attend(changes, heard('later'), { clear: [other.key] });
    await alarms.attend(changes, heard('same'), { raise: other });
    expect((await all()).slice(before).map(({ type }) => type)).toEqual(['AlarmRaised', 'AlarmCleared']);
  });
});
