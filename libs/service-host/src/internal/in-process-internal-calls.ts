import type { ServiceName } from '@postrider/event-contracts';
import type { InternalCalls } from '../internal-calls';
import type { RunningService } from '../runtime';
import { internalCallsOver } from './internal-calls-over';

type Asked = Pick<RunningService, 'name' | 'fastify' | 'host'>;

/**
 * Calls between services of one process. The list may be filled while they start: one that is not there yet cannot be
 * asked. Heads and streams are read from the log itself; the rest goes through the service's own routes.
 */
export function inProcessInternalCalls(services: readonly Asked[]): InternalCalls {
  const find = (name: ServiceName): Asked | undefined => services.find((service) => service.name === name);
  const calls = internalCallsOver(async (name, url, question) => {
    const service = find(name);
    if (!service) throw new Error(`${name} has not started`);
    const headers = { authorization: `Bearer ${service.host.keys.internalToken}` };
    const answer = await service.fastify.inject(
      question === undefined
        ? { method: 'GET', url, headers }
        : { method: 'POST', url, headers: { ...headers, 'content-type': 'application/json' }, payload: question },
    );
    return { status: answer.statusCode, body: answer.body };
  });
  return {
    ...calls,
    head: (name) => find(name)?.host.log.heads() ?? calls.head(name),
    stream: (name, streamId) => find(name)?.host.log.readStream(streamId) ?? calls.stream(name, streamId),
  };
}
