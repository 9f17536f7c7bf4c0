import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServiceName } from '@postrider/event-contracts';
import { docsIndex, listenHttp, Problem, routeOf } from '@postrider/service-host';
import { Pool } from 'undici';
import { answerProblem, forward } from './forward';
import { readiness } from './readiness';

export interface Gateway {
  readonly url: string;
  close(deadlineMs?: number): Promise<void>;
}

const connectTimeoutMs = 5_000;
/** The slowest answers are those that wait for Meta; streams may be silent for ever. */
const headersTimeoutMs = 60_000;
const closeDeadlineMs = 10_000;

/** Joins the services under one address, by the route table that standalone uses too. */
export async function startGateway(options: {
  host: string;
  port: number;
  addresses: ReadonlyMap<ServiceName, string>;
}): Promise<Gateway> {
  const pools = new Map(
    [...options.addresses].map(([name, address]) => [
      name,
      new Pool(address, {
        connections: 256,
        connectTimeout: connectTimeoutMs,
        headersTimeout: headersTimeoutMs,
        bodyTimeout: 0,
      }),
    ]),
  );
  const front = await listenHttp(options, (request, response) => void answer(pools, request, response));
  return {
    url: front.url,
    async close(deadlineMs = closeDeadlineMs) {
      await front.close(deadlineMs);
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

async function answer(
  pools: ReadonlyMap<ServiceName, Pool>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = request.url ?? '/';
  const path = url.split('?', 1)[0]!;
  if (path === '/health/live') return json(response, 200, { status: 'live', service: 'gateway' });
  if (path === '/health/ready') {
    const { ready, ...report } = await readiness(pools);
    return json(response, ready ? 200 : 503, report);
  }
  if (path === '/docs' || path === '/docs/') return page(response, docsIndex([...pools.keys()]));
  const service = path === '/docs/asyncapi.json' ? 'configuration' : routeOf(request.method ?? 'GET', url);
  const pool = service && pools.get(service);
  if (pool) return forward(pool, request, response);
  answerProblem(response, new Problem('not-found', 'There is nothing at this address.'));
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

function page(response: ServerResponse, html: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(html);
}
