import { runReaders, type RunningReaders } from '@postrider/messaging';
import type { Pool } from 'pg';
import type { ApiKeys } from './http/api-keys';
import { openHttpApp, type HttpApp } from './http/http-app';
import { answerDirectly } from './http/direct';
import { countInFlight, type InFlight } from './http/in-flight';
import { listenHttp } from './http/listen';
import { Idempotent } from './idempotency/idempotent';
import { sweepClaims } from './idempotency/sweep-claims';
import { platformRoutes } from './platform-routes';
import { countReaderNotes, gaugeReaders } from './reader-metrics';
import { runBackground } from './run-background';
import type { RunningService, Surroundings } from './runtime';
import type { ReaderProgress, ServiceHost, ServiceParts } from './service-definition';
import { sourceHead } from './source-head';

const closeDeadlineMs = 10_000;

/** Sets a composed service going: readers first, then its HTTP side, then its loops; and takes it down in order. */
export async function runParts(
  host: ServiceHost<unknown>,
  parts: ServiceParts,
  on: Surroundings & {
    readonly apiKeys: ApiKeys;
    readonly readerPool: Pool;
    readonly urgentPool: Pool;
    readonly listen: { readonly host: string; readonly port: number } | false;
    readersStarted(readers: ReaderProgress): void;
    closeStorage(): Promise<void>;
  },
): Promise<RunningService> {
  const readers = await runReaders({
    readers: parts.readers,
    bus: on.bus,
    pool: on.readerPool,
    urgentPool: on.urgentPool,
    clock: host.clock,
    headOf: sourceHead(on.internal, host.log),
    alarms: host.alarms,
    logger: host.logger,
    note: countReaderNotes(host.metrics),
  });
  gaugeReaders(host.metrics, readers);
  on.readersStarted(readers);
  const http = await openHttp(host, parts, { ...on, readers }).catch(async (error: unknown) => {
    await readers.close(closeDeadlineMs);
    throw error;
  });
  const loops = [...(parts.background ?? []), ...(on.background?.(host) ?? []), sweepClaims(host.claims)];
  const background = runBackground(loops, host.logger);
  const answer = answerDirectly(http.fastify, parts.direct ?? new Map(), http);
  const front = on.listen ? await listenHttp(on.listen, answer) : undefined;
  return {
    name: host.name,
    ...(front ? { url: front.url } : {}),
    app: http.app,
    fastify: http.fastify,
    answer,
    host,
    readers,
    async close(deadlineMs = closeDeadlineMs) {
      const doors = front?.close(deadlineMs);
      // Fastify's `preClose` hooks end what would never end by itself, such as streams of events.
      await Promise.all([background.close(deadlineMs), http.app.close(), http.settled(deadlineMs)]);
      await Promise.all([readers.close(deadlineMs), doors]);
      await host.alarms.settled();
      await on.closeStorage();
    },
  };
}

async function openHttp(
  host: ServiceHost<unknown>,
  parts: ServiceParts,
  on: Surroundings & { apiKeys: ApiKeys; readers: RunningReaders },
): Promise<HttpApp & InFlight> {
  let counted: InFlight | undefined;
  const opened = await openHttpApp({
    controllers: parts.controllers,
    providers: [...parts.providers, { provide: Idempotent, useValue: host.idempotent }],
    apiKeys: on.apiKeys,
    readings: host.readings,
    internalTokens: host.keys.internalTokens,
    logger: host.logger,
    metrics: host.metrics,
    async addRoutes(fastify) {
      counted = countInFlight(fastify);
      platformRoutes(fastify, { host, readers: on.readers, parts, missing: on.missing ?? (() => []) });
      await parts.fastify?.(fastify);
    },
  });
  return { ...opened, ...counted! };
}
