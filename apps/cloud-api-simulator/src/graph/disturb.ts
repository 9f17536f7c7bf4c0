import type { FastifyReply, FastifyRequest } from 'fastify';
import { strike } from '../control/strike';
import { detailsOf } from './error-table';
import type { GraphCall, Route } from './graph-call';
import { GraphError } from './graph-error';

interface Disturbance {
  /** Nothing more is to be said to the caller. */
  answered: boolean;
  answerIsLost: boolean;
  lose: () => unknown;
}

const kinds = ['error', 'timeout', 'reset', 'timeout-after-accept', 'delay'];
const undisturbed: Disturbance = { answered: false, answerIsLost: false, lose: () => undefined };
const silenceMs = 120_000;

/** Applies the fault that is set on this call, if one comes up. */
export async function disturb(
  call: GraphCall,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Disturbance> {
  if (call.sim.state.faults.size === 0) return undisturbed;
  const phoneNumberId = call.path.split('/').find((part) => /^\d{5,}$/.test(part));
  const subject = (): Record<string, unknown> => ({
    path: call.path,
    method: call.method,
    phoneNumberId,
    ...call.params,
  });
  const fault = strike(call.sim, [route.operation, route.edge], kinds, subject);
  if (!fault) return undisturbed;
  if (fault.delayMs !== undefined && fault.kind !== 'timeout' && fault.kind !== 'timeout-after-accept')
    await pause(fault.delayMs);
  switch (fault.kind) {
    case 'error':
      throw new GraphError(fault.code ?? 131000, { details: detailsOf(fault.code ?? 131000) });
    case 'reset':
      reply.hijack();
      request.raw.socket.resetAndDestroy();
      return { ...undisturbed, answered: true };
    case 'timeout':
      silence(request, reply, fault.delayMs ?? silenceMs);
      return { ...undisturbed, answered: true };
    case 'timeout-after-accept':
      return {
        answered: false,
        answerIsLost: true,
        lose() {
          silence(request, reply, fault.delayMs ?? silenceMs);
          return undefined;
        },
      };
    default:
      return undisturbed;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** Says nothing until the caller gives up, at the latest until the time is over. */
function silence(request: FastifyRequest, reply: FastifyReply, ms: number): void {
  reply.hijack();
  const timer = setTimeout(() => request.raw.socket.destroy(), ms).unref();
  request.raw.socket.once('close', () => clearTimeout(timer));
}
