import { serviceNames } from '@postrider/event-contracts';
import {
  pageOf,
  pageQuery,
  readCursor,
  readingsPath,
  shownThings,
  type Caller,
  type InternalCalls,
  type Page,
  type Reading,
  type ReadingsQuestion,
} from '@postrider/service-host';
import { z } from 'zod';

export const ReadingsQuery = pageQuery.extend({
  /** `key:<API key id>`. */
  actor: z.string().max(200).optional(),
  contact: z.uuid().optional(),
  what: z.enum(shownThings).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type ReadingsQuery = z.infer<typeof ReadingsQuery>;

const Cursor = z.tuple([z.uuid()]);

/**
 * Who was shown what of people, over all services, the newest first. A service that cannot be asked fails the whole: a
 * list with holes would say that nobody has looked.
 */
export function showReadings({ internal }: { internal: Pick<InternalCalls, 'ask'> }) {
  return async ({ workspaceId }: Pick<Caller, 'workspaceId'>, query: ReadingsQuery): Promise<Page<unknown>> => {
    const { after, limit, ...asked } = query;
    const question: ReadingsQuestion = {
      ...{ ...asked, workspaceId, limit: limit + 1 },
      ...(after === undefined ? {} : { before: readCursor(Cursor, after)[0] }),
    };
    const told = await Promise.all(
      serviceNames.map(async (service) => {
        const found = (await internal.ask<Reading[]>(service, readingsPath, question)) ?? [];
        return found.map((reading) => ({ service, ...reading }));
      }),
    );
    const newest = told.flat().sort((a, b) => (a.id < b.id ? 1 : -1));
    return pageOf(newest.slice(0, limit + 1), limit, { row: (row) => row, cursor: ({ id }) => [id] });
  };
}

export const ShowReadings = Symbol('ShowReadings');
export type ShowReadings = ReturnType<typeof showReadings>;
