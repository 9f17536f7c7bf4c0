import { fold, isRefusal } from '@postrider/decider';
import { alarm, clearAlarm, raiseAlarm } from './alarm.decider';

describe('an alarm', () => {
  const raised = { key: 'token:1', kind: 'token-rejected', severity: 'critical' as const, text: 'Rotate it.' };
  const stands = (() => {
    const events = raiseAlarm(raised, undefined);
    return isRefusal(events) ? undefined : fold(alarm, events);
  })();

  it('is raised once in the same words', () => {
    expect(raiseAlarm(raised, stands)).toEqual([]);
    expect(raiseAlarm({ ...raised, text: 'Rotate it today.' }, stands)).toMatchObject([{ type: 'AlarmRaised' }]);
  });

  it('is cleared only while it stands', () => {
    expect(clearAlarm({}, stands)).toMatchObject([{ type: 'AlarmCleared', data: { key: 'token:1' } }]);
    expect(clearAlarm({}, undefined)).toEqual([]);
  });
});
