import type { FastifyInstance } from 'fastify';
import type { Platform } from './platform-routes';

const probeMs = 2_000;

/** Whether the process lives, whether it can serve and what is missing, and its figures for Prometheus. */
export function healthRoutes(fastify: FastifyInstance, { host, missing: missingElse }: Platform): void {
  fastify.get('/health/live', () => ({ status: 'live', service: host.name }));
  fastify.get('/health/ready', async (_request, reply) => {
    const database = (await withinTime(host.pool.query('select 1'))) ? [] : ['database'];
    const missing = [...database, ...(await missingElse())];
    void reply.status(missing.length === 0 ? 200 : 503);
    return { status: missing.length === 0 ? 'ready' : 'not ready', service: host.name, missing };
  });
  fastify.get('/metrics', async (_request, reply) => {
    void reply.type(host.metrics.contentType);
    return host.metrics.metrics();
  });
}

async function withinTime(probe: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), probeMs);
  });
  const answered = probe.then(
    () => true,
    () => false,
  );
  const outcome = await Promise.race([answered, late]);
  clearTimeout(timer);
  return outcome;
}
