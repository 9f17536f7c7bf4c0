import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Fault } from '@postrider/decider';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { z } from 'zod';
import { installationKey, type ApiKeys } from './api-keys';
import { CallerParam, RequireScope, type Caller } from './caller';
import { openHttpApp, type HttpApp } from './http-app';
import { pageOf, pageQuery } from './page';
import { Problem, problemOf } from './problem';
import { parseBody, parseQuery } from './validation';

const Thing = z.object({ name: z.string(), to: z.strictObject({ phone: z.string().optional() }).optional() });
const failures: Record<string, unknown> = {
  refusal: problemOf({ refused: 'window-closed', because: 'nobody wrote for a day' }, { messageId: '7' }),
  down: new Fault({ code: 'unavailable', message: 'db1 is down', publicText: 'Try again.', retryable: true }),
  upstream: new Fault({ code: 'meta', message: 'no', publicText: 'Meta does not answer.', retryable: false }),
  refused: Object.assign(new Error('connect ECONNREFUSED 10.0.0.1'), { code: 'ECONNREFUSED' }),
  bug: new TypeError('secret +15550100001'),
};

@Controller('v1/things')
class Things {
  @Get()
  @RequireScope('read')
  list(@Query() query: unknown) {
    const { limit } = parseQuery(pageQuery, query);
    const rows = [1, 2, 3].slice(0, limit + 1);
    return pageOf(rows, limit, { row: (n) => ({ n }), cursor: (n) => [n] });
  }

  @Post()
  @RequireScope('send')
  @HttpCode(201)
  make(@Body() body: unknown, @CallerParam() caller: Caller) {
    return { thing: parseBody(Thing, body), caller };
  }

  @Post('all')
  @RequireScope('operate')
  operate() {
    return {};
  }

  @Get('failing/:how')
  @RequireScope('read')
  fail(@Param('how') how: string) {
    throw failures[how] ?? new Problem('not-found', 'There is no such failure.');
  }

  @Get('unguarded')
  unguarded() {
    return {};
  }
}

const secret = 'a-secret-of-many-characters';
const reader: ApiKeys = {
  find: async (given) =>
    given === 'reader' ? { id: 'r', workspaceId: 'w', scopes: ['read'] } : installationKey(secret).find(given),
};

let app: HttpApp;
let fastify: FastifyInstance;
const logged: string[] = [];
beforeAll(async () => {
  app = await openHttpApp({
    controllers: [Things],
    providers: [],
    apiKeys: reader,
    readings: { note: async () => undefined, list: async () => [] },
    internalTokens: ['internal-token'],
    logger: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    metrics: new Registry(),
    addRoutes: (instance) => {
      instance.get('/internal/head', () => [1, 2]);
      instance.get('/v1/raw', () => ({ raw: true }));
    },
  });
  ({ fastify } = app);
});
afterAll(() => app.app.close());

const bearer = { authorization: `Bearer ${secret}` };
const ask = async (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: string, headers: object = bearer) => {
  const given = { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers };
  const answer = await fastify.inject({ method, url, headers: given, ...(payload === undefined ? {} : { payload }) });
  const { statusCode: status } = answer;
  return {
    status,
    type: answer.headers['content-type'],
    headers: answer.headers,
    body: answer.json<Record<string, unknown>>(),
  };
};

describe('a request that cannot be served', () => {
  it.each([
    ['no key', 'GET', '/v1/things', undefined, {}, 401, 'unauthenticated'],
    ['a wrong key', 'GET', '/v1/things', undefined, { authorization: 'Bearer wrong' }, 401, 'unauthenticated'],
    ['no key at an address in disguise', 'GET', '/%76%31/things', undefined, {}, 401, 'unauthenticated'],
    ['no key at a raw route', 'GET', '/v1/raw', undefined, {}, 401, 'unauthenticated'],
    ['an API key at an internal address', 'GET', '/internal/head', undefined, bearer, 401, 'unauthenticated'],
    ['a key without the scope', 'POST', '/v1/things/all', '{}', { authorization: 'Bearer reader' }, 403, 'forbidden'],
    ['an unknown address', 'GET', '/v1/nothing', undefined, bearer, 404, 'not-found'],
    ['a method nobody takes', 'DELETE', '/v1/things', undefined, bearer, 405, 'method-not-allowed'],
    ['broken JSON', 'POST', '/v1/things', '{"name":', bearer, 400, 'malformed'],
    ['a poisoned prototype', 'POST', '/v1/things', '{"__proto__":{"a":1}}', bearer, 400, 'malformed'],
    [
      'another content type',
      'POST',
      '/v1/things',
      'a=1',
      { ...bearer, 'content-type': 'text/plain' },
      415,
      'unsupported-media-type',
    ],
    ['too large a body', 'POST', '/v1/things', `"${'x'.repeat(17 * 1024 * 1024)}"`, bearer, 413, 'too-large'],
    ['a refusal', 'GET', '/v1/things/failing/refusal', undefined, bearer, 422, 'window-closed'],
    ['a passing fault', 'GET', '/v1/things/failing/down', undefined, bearer, 503, 'unavailable'],
    ['a lasting fault', 'GET', '/v1/things/failing/upstream', undefined, bearer, 502, 'upstream-failed'],
    ['a database that is down', 'GET', '/v1/things/failing/refused', undefined, bearer, 503, 'unavailable'],
    ['a defect', 'GET', '/v1/things/failing/bug', undefined, bearer, 500, 'internal-error'],
    ['a route that declares no scope', 'GET', '/v1/things/unguarded', undefined, bearer, 500, 'internal-error'],
  ] as const)('answers problem+json for %s', async (_, method, url, payload, headers, status, code) => {
    const answer = await ask(method, url, payload, headers);
    expect(answer).toMatchObject({ status, type: 'application/problem+json; charset=utf-8' });
    expect(answer.body).toMatchObject({ status, code, type: `urn:postrider:problem:${code}` });
    expect(answer.body).toMatchObject({ title: expect.any(String), detail: expect.any(String) });
  });

  it('names every wrong field by its path', async () => {
    const { body } = await ask('POST', '/v1/things', '{"nmae":"x","to":{"fone":"1"}}');
    expect(body.errors).toEqual([
      { path: 'name', message: expect.any(String) },
      { path: 'to.fone', message: 'there is no such field' },
      { path: 'nmae', message: 'there is no such field' },
    ]);
  });

  it('says when another try makes sense', async () => {
    expect((await ask('GET', '/v1/things/failing/down')).headers['retry-after']).toBe('1');
  });

  it('says which methods an address takes', async () => {
    expect((await ask('DELETE', '/v1/things')).headers.allow).toContain('POST');
  });

  it('puts what stands beside a refusal beside its code', async () => {
    expect((await ask('GET', '/v1/things/failing/refusal')).body).toMatchObject({
      messageId: '7',
      detail: 'nobody wrote for a day',
    });
  });

  it('tells the log of a defect, and not the caller', async () => {
    const { body } = await ask('GET', '/v1/things/failing/bug');
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(logged.some((line) => line.includes('"level":50') && line.includes('TypeError'))).toBe(true);
  });
});

describe('a request that is served', () => {
  it('knows its caller', async () => {
    const { status, body } = await ask('POST', '/v1/things', '{"name":"x"}', { ...bearer, 'x-request-id': 'order-7' });
    expect(status).toBe(201);
    expect(body.caller).toMatchObject({
      workspaceId: '01900000-0000-7000-8000-000000000001',
      actor: 'key:installation',
      correlationId: 'order-7',
    });
  });

  it('takes the id of the trace where the caller gives no request id', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { body, headers } = await ask('POST', '/v1/things', '{"name":"x"}', { ...bearer, traceparent });
    expect(body.caller).toMatchObject({ correlationId: '0af7651916cd43dd8448eb211c80319c', traceparent });
    expect(headers['x-request-id']).toBe('0af7651916cd43dd8448eb211c80319c');
  });

  it('pages, and refuses more than 500 a page', async () => {
    expect((await ask('GET', '/v1/things?limit=2')).body).toEqual({
      data: [{ n: 1 }, { n: 2 }],
      next: expect.any(String),
    });
    expect((await ask('GET', '/v1/things')).body.next).toBeNull();
    expect((await ask('GET', '/v1/things?limit=501')).body).toMatchObject({ errors: [{ path: 'limit' }] });
  });

  it('is logged by route, without its address or key', async () => {
    logged.length = 0;
    await ask('GET', '/v1/things?limit=3&phone=15550100001');
    expect(logged.join('')).toContain('"route":"/v1/things"');
    expect(logged.join('')).not.toMatch(/15550100001|a-secret/);
  });

  it('opens internal addresses to the token of the installation', async () => {
    const answer = await ask('GET', '/internal/head', undefined, { authorization: 'Bearer internal-token' });
    expect(answer).toMatchObject({ status: 200, body: [1, 2] });
  });
});
