import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import type { FastifyInstance } from 'fastify';
import { scopeOf } from '../http/caller';
import { descriptionOf, type RouteDescription } from '../http/described';

export interface DescribedRoute extends Partial<RouteDescription> {
  /** In lower case, as OpenAPI has it. */
  readonly method: string;
  /** With `:id` parameters, as the router has it. */
  readonly path: string;
  readonly status: number;
  readonly scope?: string;
}

/** The routes of Nest controllers, out of their decorators. */
export function routesOfControllers(controllers: readonly Type[]): DescribedRoute[] {
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype)
      .filter((name) => name !== 'constructor')
      .flatMap((name) => routesOfMethod(controller, prototype, name));
  });
}

function routesOfMethod(controller: Type, prototype: Record<string, unknown>, name: string): DescribedRoute[] {
  const handler = prototype[name] as object;
  const paths = Reflect.getMetadata(PATH_METADATA, handler) as string | string[] | undefined;
  if (paths === undefined) return [];
  const bases = [Reflect.getMetadata(PATH_METADATA, controller) as string | string[]].flat();
  const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]!.toLowerCase();
  const status =
    (Reflect.getMetadata(HTTP_CODE_METADATA, handler) as number | undefined) ?? (method === 'post' ? 201 : 200);
  const scope = scopeOf(handler, controller);
  return bases.flatMap((base) =>
    [paths].flat().map((path) => ({
      method,
      path: joined(base, path),
      status,
      ...(scope === undefined ? {} : { scope }),
      ...descriptionOf(prototype, name),
    })),
  );
}

/** Collects the raw Fastify routes that describe themselves. */
export function collectRawRoutes(fastify: FastifyInstance): DescribedRoute[] {
  const routes: DescribedRoute[] = [];
  fastify.addHook('onRoute', ({ method, url, config }) => {
    if (!config?.described) return;
    for (const one of [method].flat().filter((name) => name !== 'HEAD'))
      routes.push({ method: one.toLowerCase(), path: url, status: 200, ...config.described });
  });
  return routes;
}

function joined(...parts: string[]): string {
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;
}
