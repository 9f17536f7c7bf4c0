import { request } from 'undici';

/** An answer that was not what the caller can go on with. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
}

export interface Api {
  get<Body>(path: string): Promise<Body>;
  send<Body>(method: 'POST' | 'PUT', path: string, body?: unknown, headers?: Record<string, string>): Promise<Body>;
}

/** Postrider's own HTTP API, as any caller has it. Throws where the answer is not a success. */
export function api(url: string, apiKey: string): Api {
  const call = async <Body>(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Body> => {
    const response = await request(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.body.text();
    if (response.statusCode >= 300)
      throw new UnexpectedAnswer(`${method} ${path} answered ${response.statusCode}: ${text}`);
    return JSON.parse(text) as Body;
  };
  return {
    get: (path) => call('GET', path),
    send: (method, path, body, headers) => call(method, path, body, headers),
  };
}
