import { personalPartsRoute } from './personal-parts/personal-parts-route';
import type { RunningReaders } from '@postrider/messaging';
import type { FastifyInstance } from 'fastify';
import { docsRoutes } from './docs/docs-routes';
import { healthRoutes } from './health-routes';
import { internalRoutes } from './internal-routes';
import { operationsRoutes } from './operations/operations-routes';
import type { Surroundings } from './runtime';
import type { ServiceHost, ServiceParts } from './service-definition';

/** What every service answers beside its own routes. */
export interface Platform {
  readonly host: ServiceHost<unknown>;
  readonly parts: ServiceParts;
  readonly readers: RunningReaders;
  readonly missing: NonNullable<Surroundings['missing']>;
}

/** Adds health, metrics, internal calls, documentation and operations. */
export function platformRoutes(fastify: FastifyInstance, platform: Platform): void {
  healthRoutes(fastify, platform);
  docsRoutes(fastify, platform.host, platform.parts);
  internalRoutes(fastify, platform);
  operationsRoutes(fastify, platform);
  personalPartsRoute(fastify, platform);
}
