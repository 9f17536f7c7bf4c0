import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';

/** An answer that was not what the caller can go on with. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
}

export interface Api {
  get<Body>(path: string): Promise<Body>;
  send<Body>(method: 'POST' | 'PUT', path: string, body?: unknown, headers?: Record<string, string>): Promise<Body>;
}

type Method = 'GET' | 'POST' | 'PUT';

/** How often a busy answer is taken before it is given up. */
const triesMax = 10;

/**
 * Postrider's own HTTP API, as any caller has it. Comes back when it is told to (`Retry-After`), with the same
 * idempotency key, so that nothing is done twice; throws where the answer is not a success.
 */
export function api(url: string, apiKey: string): Api {
  const ask = async (method: Method, path: string, body: unknown, headers: Record<string, string>) => {
    const response = await request(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const retryAfter = Number(response.headers['retry-after']);
    return { status: response.statusCode, text: await response.body.text(), retryAfter };
  };
  const call = async <Body>(
    method: Method,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Body> => {
    for (let tries = 1; ; tries++) {
      const { status, text, retryAfter } = await ask(method, path, body, headers);
      if (status < 300) return JSON.parse(text) as Body;
      if (!(retryAfter > 0) || tries === triesMax)
        throw new UnexpectedAnswer(`${method} ${path} answered ${status}: ${text}`);
      await pause(retryAfter * 1_000);
    }
  };
  return {
    get: (path) => call('GET', path),
    send: (method, path, body, headers) => call(method, path, body, { 'idempotency-key': randomUUID(), ...headers }),
  };
}
