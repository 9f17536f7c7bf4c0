import { AudienceFilter } from '@postrider/event-contracts';
import { parseBody } from '@postrider/service-host';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { FindPeople } from './find-people.handler';

const pageMax = 1_000;

const Question = z.object({
  workspaceId: z.uuid(),
  filter: AudienceFilter,
  senderId: z.uuid(),
  after: z.uuid().optional(),
  limit: z.number().int().min(1).max(pageMax).default(pageMax),
});

/** Finds people for the services of the installation; nobody else is told who they are. */
export function findPeopleForServices(fastify: FastifyInstance, find: FindPeople): void {
  fastify.post('/internal/people', async ({ body }) => find(parseBody(Question, body)));
}
