import { partContext } from '@postrider/event-store';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { callerOf, requireScope } from '../http/caller';
import { parseBody } from '../http/validation';
import type { Platform } from '../platform-routes';
import { routeOfRequest } from '../readings/shows-people';

const partsMax = 500;

const SealedParts = z.strictObject({
  parts: z
    .array(z.strictObject({ id: z.uuid(), sealed: z.base64().min(60).max(8_000_000) }))
    .min(1)
    .max(partsMax),
});

const OpenedParts = z.object({
  parts: z.array(
    z.object({
      id: z.uuid(),
      personal: z.unknown().optional(),
      /** The person was erased. */
      erased: z.literal(true).optional(),
      /** Not a part of this event, workspace and service. */
      unreadable: z.literal(true).optional(),
    }),
  ),
});

/**
 * Opens personal parts for whoever reads the topics from outside: `id` and `sealed` are the record's `ce_id` and the
 * `sealed` of its value. The service that owns the events is asked, and opens its own for the caller's workspace alone.
 */
export function personalPartsRoute(fastify: FastifyInstance, { host }: Platform): void {
  fastify.post(
    `/v1/personal-parts/${host.name}`,
    {
      bodyLimit: 16 * 1024 * 1024,
      config: {
        described: {
          summary: 'Opens the personal parts of records that were read from the topics; needs the scope `personal`.',
          body: SealedParts,
          answers: { 200: OpenedParts },
        },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      requireScope(caller, 'personal');
      const { parts } = parseBody(SealedParts, request.body);
      const opened = await Promise.all(
        parts.map(async ({ id, sealed }) => ({ id, ...(await openOne(caller.workspaceId, id, sealed)) })),
      );
      const ids = opened.flatMap((part) => ('personal' in part ? [part.id] : []));
      await host.readings.note(caller, { route: routeOfRequest(request), what: 'event', ids, contacts: [] });
      return { parts: opened };
    },
  );

  async function openOne(workspaceId: string, id: string, sealed: string) {
    const box = Buffer.from(sealed, 'base64');
    const part = await host.parts
      .openBoxes([{ box, context: partContext({ workspaceId, id }) }])
      .catch((error: unknown) => {
        if (error instanceof Error && 'retryable' in error) throw error;
        return 'unreadable' as const;
      });
    if (part === 'unreadable') return { unreadable: true as const };
    const [bytes] = part;
    return bytes === undefined
      ? { erased: true as const }
      : { personal: JSON.parse(bytes.toString('utf8')) as unknown };
  }
}
