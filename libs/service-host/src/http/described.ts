import 'reflect-metadata';
import { Body, Query } from '@nestjs/common';
import type { z } from 'zod';
import { parseBody, parseQuery } from './validation';

/** What the documentation says of a route, beside what its path, method and scope say already. */
export interface RouteDescription {
  readonly summary: string;
  readonly body?: z.ZodType;
  /** Bodies that are not JSON, by content type: `{'text/csv': 'a header line, then …'}`. */
  readonly otherBodies?: Readonly<Record<string, string>>;
  readonly query?: z.ZodType;
  /** By status; a text where there is no body to describe. Problems need no mention. */
  readonly answers?: Readonly<Record<number, z.ZodType | string>>;
  /** Takes an `Idempotency-Key`. */
  readonly idempotent?: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of a raw Fastify route, so that the documentation has it: `{config: {described: {…}}}`. */
    described?: RouteDescription;
  }
}

const describedKey = 'postrider:described';

/** Documents a Nest route: `@Describe({summary: 'Sends a message', answers: {202: Accepted}, idempotent: true})`. */
export function Describe(description: RouteDescription): MethodDecorator {
  return (target, name) => note(target, name, description);
}

/** The JSON body, held to the schema (400 `malformed` else) and documented by it. */
export function BodyOf(schema: z.ZodType): ParameterDecorator {
  return (target, name, index) => {
    note(target, name!, { body: schema });
    Body({ transform: (raw: unknown) => parseBody(schema, raw) })(target, name, index);
  };
}

/** The query string, held to the schema (400 `malformed` else) and documented by it. */
export function QueryOf(schema: z.ZodType): ParameterDecorator {
  return (target, name, index) => {
    note(target, name!, { query: schema });
    Query({ transform: (raw: unknown) => parseQuery(schema, raw) })(target, name, index);
  };
}

/** What is known of a method of a controller. */
export function descriptionOf(prototype: object, name: string): Partial<RouteDescription> {
  return (Reflect.getMetadata(describedKey, prototype, name) as Partial<RouteDescription> | undefined) ?? {};
}

function note(target: object, name: string | symbol, part: Partial<RouteDescription>): void {
  const known = Reflect.getMetadata(describedKey, target, name) as object | undefined;
  Reflect.defineMetadata(describedKey, { ...known, ...part }, target, name);
}
