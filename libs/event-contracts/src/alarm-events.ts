import { z } from 'zod';
import { defineEvent, type ServiceName } from './define-event';

/** Every service raises its own alarms; `key` tells one from another, so that raising twice is one alarm. */
export function alarmEvents(service: ServiceName) {
  const data = z.object({
    key: z.string(),
    kind: z.string(),
    severity: z.enum(['warning', 'critical']),
    /** What is wrong, and what to do, for an operator. */
    text: z.string(),
    subject: z.record(z.string(), z.string()).optional(),
  });
  return {
    AlarmRaised: defineEvent({
      service,
      stream: 'alarm',
      type: 'AlarmRaised',
      summary: 'Something needs an operator.',
      data,
    }),
    AlarmCleared: defineEvent({
      service,
      stream: 'alarm',
      type: 'AlarmCleared',
      summary: 'What an alarm was raised for is over.',
      data: z.object({ key: z.string(), kind: z.string() }),
    }),
  };
}
