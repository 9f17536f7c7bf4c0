import { z } from 'zod';
import { problemStatus } from '../http/problem-codes';
import type { DescribedRoute } from './routes-of';

type Json = Record<string, unknown>;

const ProblemDocument = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(Object.keys(problemStatus) as [string, ...string[]]),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

/** An OpenAPI 3.1 document of the routes: https://spec.openapis.org/oas/v3.1.1.html */
export function openApiOf(service: string, routes: readonly DescribedRoute[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of [...routes].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const path = route.path.replace(/:([^/]+)/g, '{$1}');
    (paths[path] ??= {})[route.method] = operationOf(route);
  }
  return {
    openapi: '3.1.1',
    info: { title: `Postrider ${service}`, version: '1' },
    paths,
    components: {
      schemas: { Problem: schemaOf(ProblemDocument, 'output') },
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function operationOf(route: DescribedRoute): Json {
  const body = bodyOf(route);
  return {
    ...(route.summary === undefined ? {} : { summary: route.summary }),
    tags: [route.path.split('/')[2] ?? route.path],
    ...(route.path.startsWith('/v1') ? { security: [{ apiKey: [] }] } : {}),
    ...(route.scope === undefined ? {} : { description: `Needs an API key with the scope \`${route.scope}\`.` }),
    parameters: [
      ...pathParameters(route.path),
      ...queryParameters(route.query),
      ...(route.idempotent ? [idempotencyKey] : []),
    ],
    ...(body ? { requestBody: { content: body } } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(answersOf(route)).map(([status, said]) => [status, answerOf(said)])),
      default: {
        description: 'Anything else',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Within seven days the same key with the same body gives the first answer again.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

function bodyOf(route: DescribedRoute): Json | undefined {
  const others = Object.entries(route.otherBodies ?? {}).map(([type, description]) => [
    type,
    { schema: { type: 'string', description } },
  ]);
  if (!route.body && others.length === 0) return undefined;
  const json = route.body ? { 'application/json': { schema: schemaOf(route.body, 'input') } } : {};
  return { ...json, ...Object.fromEntries(others) };
}

function answersOf(route: DescribedRoute): Readonly<Record<number, z.ZodType | string>> {
  return route.answers ?? { [route.status]: 'Done' };
}

function answerOf(said: z.ZodType | string): Json {
  if (typeof said === 'string') return { description: said };
  return {
    description: said.description ?? 'Done',
    content: { 'application/json': { schema: schemaOf(said, 'output') } },
  };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/:([^/]+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodType | undefined): Json[] {
  if (!query) return [];
  const schema = schemaOf(query, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    required: schema.required?.includes(name) ?? false,
    schema: property,
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}
