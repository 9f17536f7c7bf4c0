import { memoryLog } from '@postrider/event-store';
import { pino } from 'pino';
import { alarmsOf, type Alarm } from './alarms';
import { testClock } from './testing/test-clock';

const logger = pino({ level: 'silent' });
const alarm: Alarm = { key: 'token:1', kind: 'token', severity: 'critical', text: 'The token ends.' };
const typesIn = async (log: ReturnType<typeof memoryLog>) => {
  const shards = await Promise.all(Array.from({ length: log.shards }, (_, shard) => log.readShard(shard, 0, 100)));
  return shards.flat().map(({ type }) => type);
};

describe('an alarm', () => {
  it('is raised once, however often, and cleared once', async () => {
    const log = memoryLog({ service: 'dispatch' });
    const alarms = alarmsOf('dispatch', { log, clock: testClock(), logger });
    alarms.clear(alarm.key);
    for (let n = 0; n < 3; n += 1) alarms.raise(alarm);
    await alarms.settled();
    expect(await typesIn(log)).toEqual(['AlarmRaised']);
    alarms.clear(alarm.key);
    alarms.clear(alarm.key);
    alarms.raise(alarm);
    await alarms.settled();
    expect(await typesIn(log)).toEqual(['AlarmRaised', 'AlarmCleared', 'AlarmRaised']);
  });

  it('that stands from before a restart is not raised again', async () => {
    const log = memoryLog({ service: 'dispatch' });
    for (let restart = 0; restart < 2; restart += 1) {
      const alarms = alarmsOf('dispatch', { log, clock: testClock(), logger });
      alarms.raise(alarm);
      await alarms.settled();
    }
    expect(await typesIn(log)).toEqual(['AlarmRaised']);
  });

  it('that could not be written is written when it is raised again', async () => {
    const log = memoryLog({ service: 'dispatch' });
    let down = true;
    const flaky = {
      ...log,
      append: (...given: Parameters<typeof log.append>) =>
        down ? Promise.reject(new Error('down')) : log.append(...given),
    };
    const alarms = alarmsOf('dispatch', { log: flaky, clock: testClock(), logger });
    alarms.raise(alarm);
    await alarms.settled();
    down = false;
    alarms.raise(alarm);
    await alarms.settled();
    expect(await typesIn(log)).toEqual(['AlarmRaised']);
  });

  it('of projections, which write no events, is only said', async () => {
    const log = memoryLog({ service: 'projections' });
    const alarms = alarmsOf('projections', { log, clock: testClock(), logger });
    alarms.raise(alarm);
    await alarms.settled();
    expect(await typesIn(log)).toEqual([]);
  });
});
