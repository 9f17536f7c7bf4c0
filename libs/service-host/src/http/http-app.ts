import 'reflect-metadata';
import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Readings } from '../readings/readings';
import { NoteReadings } from '../readings/shows-people';
import type { ApiKeys } from './api-keys';
import { ScopeGuard } from './caller';
import { acceptContentTypes } from './content-types';
import { guardAddresses } from './guard-addresses';
import { ProblemFilter, problemResponder, routeBook } from './problem-filter';
import { leaveTrail } from './request-trail';
import { Problem } from './problem';

const bodyBytesMax = 16 * 1024 * 1024;

@Module({})
class ServiceModule {}

/** Nest's own handlers for errors and unknown addresses would answer in another form than ours. */
class HostAdapter extends FastifyAdapter {
  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    return this.getInstance() as never;
  }
  override setNotFoundHandler(): ReturnType<FastifyAdapter['setNotFoundHandler']> {
    return this.getInstance() as never;
  }
}

export interface HttpApp {
  readonly app: NestFastifyApplication;
  readonly fastify: FastifyInstance;
}

/** The service's HTTP side, ready to be asked but not listening: conventions first, then raw routes, then Nest's. */
export async function openHttpApp(options: {
  controllers: readonly Type[];
  providers: readonly Provider[];
  apiKeys: ApiKeys;
  readings: Readings;
  internalTokens: readonly string[];
  logger: Logger;
  metrics: Registry;
  addRoutes: (fastify: FastifyInstance) => void | Promise<void>;
}): Promise<HttpApp> {
  const { logger, metrics } = options;
  const adapter = new HostAdapter({ bodyLimit: bodyBytesMax, skipMiddie: true, requestIdHeader: false });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  const respond = problemResponder(logger, routeBook(fastify));
  acceptContentTypes(fastify);
  leaveTrail(fastify, logger, metrics);
  guardAddresses(fastify, { apiKeys: options.apiKeys, internalTokens: options.internalTokens });
  fastify.setErrorHandler(respond);
  fastify.setNotFoundHandler((request, reply) => {
    respond(new Problem('not-found', 'There is nothing at this address.'), request, reply);
  });
  const module: DynamicModule = {
    module: ServiceModule,
    controllers: [...options.controllers],
    providers: [...options.providers],
  };
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: nestLogger(logger),
  });
  app.useGlobalFilters(new ProblemFilter(respond));
  app.useGlobalGuards(new ScopeGuard());
  app.useGlobalInterceptors(new NoteReadings(options.readings));
  await options.addRoutes(fastify);
  await app.init();
  await fastify.ready();
  return { app, fastify };
}

/** Nest tells of every route it maps; what matters are its warnings. */
function nestLogger(logger: Logger) {
  return {
    log: () => undefined,
    debug: () => undefined,
    verbose: () => undefined,
    warn: (message: unknown) => logger.warn({ nest: String(message) }, 'the framework warns'),
    error: (message: unknown) => logger.error({ nest: String(message) }, 'the framework reports an error'),
    fatal: (message: unknown) => logger.fatal({ nest: String(message) }, 'the framework reports an error'),
  };
}
