import type { ServiceName } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import type { Keyring } from '@postrider/keys';
import type { FastifyInstance } from 'fastify';
import type { InternalCalls } from '../internal-calls';
import { internalCallsOver } from './internal-calls-over';

/**
 * Calls between services of one process. `services` may be filled while they start: one that is not there yet cannot be
 * asked. Heads and streams are read from the log itself; the rest goes through the service's own routes.
 */
export function inProcessInternalCalls(
  services: ReadonlyMap<ServiceName, { readonly log?: EventLog; readonly fastify?: FastifyInstance }>,
  keys: Keyring,
): InternalCalls {
  const calls = internalCallsOver(async (service, url) => {
    const fastify = services.get(service)?.fastify;
    if (!fastify) throw new Error(`${service} has not started`);
    const headers = { authorization: `Bearer ${keys.internalToken}` };
    const answer = await fastify.inject({ method: 'GET', url, headers });
    return { status: answer.statusCode, body: answer.body };
  }, keys);
  return {
    ...calls,
    head: (service) => services.get(service)?.log?.heads() ?? calls.head(service),
    stream: (service, streamId) => services.get(service)?.log?.readStream(streamId) ?? calls.stream(service, streamId),
  };
}
