import { request } from 'undici';
import type { PublicBody } from './public-body';

/** An answer as a caller sees it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parsed JSON; where it is none, an object with the text. */
  readonly body: PublicBody;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Call = (method: Method, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** Calls JSON APIs under `url`; a string body goes out as it is. */
export function caller(url: string, headers: Record<string, string> = {}): Call {
  return async (method, path, body, extra = {}) => {
    const response = await request(`${url}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...extra },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.body.text();
    return { status: response.statusCode, headers: response.headers, body: parsed(text) };
  };
}

function parsed(text: string): PublicBody {
  try {
    return JSON.parse(text) as PublicBody;
  } catch (cause) {
    if (cause instanceof SyntaxError) return { text } as PublicBody;
    throw cause;
  }
}
