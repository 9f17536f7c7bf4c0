import type { InternalCalls, Reading } from '@postrider/service-host';
import { v7 } from 'uuid';
import { ReadingsQuery, showReadings } from './show-readings.handler';

const reading = (at: number): Reading => ({
  ...{ id: v7({ msecs: at }), at: new Date(at).toISOString(), actor: 'key:1', route: 'GET /v1/messages' },
  ...{ what: 'message', ids: ['1'], contacts: [], correlationId: 'c' },
});
const page = (query: Record<string, unknown>) => ReadingsQuery.parse(query);

describe('the readings of all services', () => {
  const held: Record<string, Reading[]> = {
    projections: [reading(5_000), reading(3_000), reading(1_000)],
    webhooks: [reading(4_000), reading(2_000)],
  };
  const ask = (service: string, _: string, question: unknown) => {
    const { before, limit } = question as { before?: string; limit: number };
    const own = (held[service] ?? []).filter(({ id }) => before === undefined || id < before);
    return Promise.resolve(own.slice(0, limit));
  };
  const show = showReadings({ internal: { ask: ask as InternalCalls['ask'] } });

  it('are one list, the newest first, page by page', async () => {
    const seen: string[] = [];
    let after: string | null | undefined;
    do {
      const { data, next } = await show({ workspaceId: v7() }, page({ limit: '2', ...(after ? { after } : {}) }));
      seen.push(
        ...(data as { at: string; service: string }[]).map(({ at, service }) => `${service} ${at.slice(17, 19)}`),
      );
      after = next;
    } while (after !== null);
    expect(seen).toEqual(['projections 05', 'webhooks 04', 'projections 03', 'webhooks 02', 'projections 01']);
  });

  it('have no holes: where a service cannot be asked, there is no list', async () => {
    const broken = showReadings({ internal: { ask: () => Promise.reject(new Error('not there')) } });
    await expect(broken({ workspaceId: v7() }, page({}))).rejects.toThrow('not there');
  });
});
