import type { Simulation } from '../world/simulation';
import type { StatusJob } from '../world/jobs';
import type { MessageRecord } from '../world/witness';
import type { Outcome } from './outcome';

type Step = [afterMs: number, status: StatusJob['status'], code?: number];

/** Puts the statuses that will be reported on the agenda, with a little jitter so that messages interleave. */
export function scheduleStatuses(sim: Simulation, message: MessageRecord, outcome: Outcome): void {
  const jitter = 0.75 + sim.random() * 0.5;
  for (const [afterMs, status, code] of stepsOf(sim, message, outcome)) {
    sim.schedule({
      kind: 'status',
      dueMs: sim.nowMs() + Math.round(afterMs * jitter),
      message,
      status,
      ...(code !== undefined && { code }),
      ...(status === 'failed' && outcome.details !== undefined && { details: outcome.details }),
    });
  }
  if (outcome.failsWith !== undefined) return;
  if (outcome.persona === 'answers') answer(sim, message, 'Thank you!', jitter);
  if (outcome.persona === 'answers-stop') answer(sim, message, 'STOP', jitter);
}

function stepsOf(sim: Simulation, message: MessageRecord, { persona, failsWith, played }: Outcome): Step[] {
  const { sentMs, deliveredMs, readMs, answerMs, slowFactor } = sim.state.settings;
  if (failsWith !== undefined) return [[deliveredMs, 'failed', failsWith]];
  // A reaction reports nothing but that it went.
  if (message.type === 'reaction') return [[sentMs, 'sent']];
  const sent: Step = [sentMs, 'sent'];
  const delivered: Step = [deliveredMs, 'delivered'];
  const read: Step = [readMs, 'read'];
  switch (persona) {
    case 'sent-only':
      return [sent];
    case 'does-not-read':
      return [sent, delivered];
    case 'fails-late':
      return [sent, [readMs, 'failed', 131026]];
    case 'slow':
      return [
        [sentMs * slowFactor, 'sent'],
        [deliveredMs * slowFactor, 'delivered'],
        [readMs * slowFactor, 'read'],
      ];
    case 'read-before-delivered':
      return [sent, [deliveredMs, 'read'], [readMs, 'delivered']];
    case 'duplicated':
      return [sent, sent, delivered, delivered, read, read];
    default:
      return played ? [sent, delivered, read, [answerMs, 'played']] : [sent, delivered, read];
  }
}

function answer(sim: Simulation, message: MessageRecord, text: string, jitter: number): void {
  const from = message.phone ?? message.userId;
  const dueMs = sim.nowMs() + Math.round(sim.state.settings.answerMs * jitter);
  sim.schedule({ kind: 'answer', dueMs, phoneNumberId: message.phoneNumberId, from, text, repliesTo: message.wamid });
}
