import type { FastifyInstance } from 'fastify';
import { callerOf, requireScope } from '../http/caller';
import { Problem } from '../http/problem';
import type { Platform } from '../platform-routes';
import { operations } from './operations';

/** Replays of parked records and rebuilds of projections, asked for by an operator. */
export function operationsRoutes(fastify: FastifyInstance, { host, parts, readers }: Platform): void {
  const running = operations(host.name, host);
  const described = (summary: string, status: number) => ({
    config: { described: { summary, answers: { [status]: 'The operation' } } },
  });

  fastify.post<{ Params: { key: string } }>(
    '/v1/operations/parked/:key/replay',
    described('Replays a parked key, `<reader>:<key>`: its records in order, until one fails again.', 202),
    async (request, reply) => {
      requireScope(callerOf(request), 'operate');
      const { key } = request.params;
      const reader = parts.readers.find(({ name }) => key.startsWith(`${name}:`))?.name;
      const parked = reader === undefined ? [] : await readers.parked();
      const orderingKey = key.slice((reader?.length ?? 0) + 1);
      if (reader === undefined || !parked.some((one) => one.reader === reader && one.key === orderingKey))
        throw new Problem('not-found', 'Nothing is parked under this key.');
      const operation = await running.start('replay', key, async (progress) => {
        const { replayed, error } = await readers.replay(reader, orderingKey, (count) => progress({ replayed: count }));
        progress({ replayed });
        return error;
      });
      return reply.status(202).send(operation);
    },
  );

  fastify.post<{ Params: { name: string } }>(
    '/v1/operations/projections/:name/rebuild',
    described('Folds a projection anew from the first event, beside the one that serves.', 202),
    async (request, reply) => {
      requireScope(callerOf(request), 'operate');
      const { name } = request.params;
      const reader = parts.readers.find((one) => one.name === name);
      if (reader?.kind !== 'fold') throw new Problem('not-found', 'There is no projection of this name.');
      const operation = await running.start('rebuild', name, async (progress) => {
        await readers.rebuild(name, (now) => progress({ ...now }));
        return undefined;
      });
      return reply.status(202).send(operation);
    },
  );

  fastify.get<{ Params: { id: string } }>(
    '/v1/operations/:id',
    described('How far an operation is.', 200),
    async (request) => {
      requireScope(callerOf(request), 'operate');
      const operation = await running.find(request.params.id);
      if (!operation) throw new Problem('not-found', 'There is no such operation.');
      return operation;
    },
  );
}
