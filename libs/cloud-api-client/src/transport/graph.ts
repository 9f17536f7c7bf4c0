import type { FormData } from 'undici';
import type { z } from 'zod';
import { CloudApiError } from '../cloud-api-error';
import { refusalOf } from './allowed-hosts';
import { exchange, type Answer } from './exchange';
import { RequestFailed } from './failure';
import type { Pools } from './pools';
import { readAnswer, readFailure, type Reading } from './read-answer';
import { usageOf, type Usage } from './usage';

/** For one call, beside what it says. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** The whole of the call, from now to the end of its answer. */
  readonly timeoutMs?: number;
  /** Called once, as the request is about to be written to its connection; not where it never leaves. */
  readonly onLeaving?: () => void;
}
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;
export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Under the version, as `/{id}/messages`. */
  readonly path: string;
  readonly query?: Query;
  readonly json?: unknown;
  readonly body?: Buffer | FormData;
  readonly headers?: Record<string, string>;
  /** Meta serves it under `https://api.facebook.com`, without a version; a Graph API elsewhere serves it itself. */
  readonly onApiHost?: boolean;
}
export interface GraphSettings {
  readonly graphUrl: string;
  readonly version: string;
  readonly accessToken: string | (() => string | Promise<string>);
  readonly allowedHosts: readonly string[];
  readonly timeoutMs: number;
  readonly pools: Pools;
  readonly onUsage?: (usage: Usage) => void;
}
/** Calls of the Graph API with a token, to allowed hosts. */
export interface Graph {
  readonly settings: GraphSettings;
  /** Gives what became of the call; never throws for what the network or Meta does. */
  readonly attempt: (call: GraphCall, options?: CallOptions) => Promise<Reading>;
  /** Gives the answer, checked against its schema, or throws a `CloudApiError`. */
  readonly call: <T>(call: GraphCall, answer: z.ZodType<T>, options?: CallOptions) => Promise<T>;
}

/** The error of an address that may not be called. */
export function hostRefused(because: string, call: string): CloudApiError {
  const error = {
    code: 'host-not-allowed',
    title: because,
    action: { do: 'fix' },
    retryable: false,
    surelyRejected: true,
    remedy: 'Allow the host by name, or correct the address',
  } as const;
  return new CloudApiError('not-sent', error, call);
}

export function queryOf(query: Query = {}): string {
  const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  return given.length ? `?${new URLSearchParams(given as [string, string][])}` : '';
}

/** Says which call it was, without ids and without the query, which may hold a token or a person. */
const nameOf = ({ method, path }: GraphCall): string =>
  `${method} ${path.replace(/\/(?:\d+|[^/]*[:%][^/]*)(?=\/|$)/g, '/{id}')}`;

/** Makes calls to the Graph API. Throws at once if its address is neither Meta's, nor this machine, nor allowed. */
export function graph(settings: GraphSettings): Graph {
  const address = new URL(settings.graphUrl);
  const prefix = `${address.pathname.replace(/\/+$/, '')}/${settings.version}`;

  const because = refusalOf(address, settings.allowedHosts);
  if (because) throw hostRefused(because, 'graphUrl');
  const isMeta = address.hostname === 'graph.facebook.com';

  const send = async (call: GraphCall, options: CallOptions): Promise<Answer> => {
    const { accessToken } = settings;
    const token = typeof accessToken === 'string' ? accessToken : await accessToken();
    const contentType: Record<string, string> = call.json === undefined ? {} : { 'content-type': 'application/json' };
    const body = call.json === undefined ? call.body : JSON.stringify(call.json);
    const apiHost = call.onApiHost === true && isMeta;
    return exchange(settings.pools.poolFor(apiHost ? 'https://api.facebook.com' : address.origin), {
      method: call.method,
      path: `${apiHost ? '' : prefix}${call.path}${queryOf(call.query)}`,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...contentType, ...call.headers },
      ...(body === undefined ? {} : { body }),
      timeoutMs: options.timeoutMs ?? settings.timeoutMs,
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.onLeaving ? { onLeaving: options.onLeaving } : {}),
    });
  };

  const attempt = async (call: GraphCall, options: CallOptions = {}): Promise<Reading> => {
    try {
      const answer = await send(call, options);
      const usage = settings.onUsage && usageOf(answer.headers);
      if (usage) settings.onUsage?.(usage);
      return readAnswer(answer);
    } catch (error) {
      if (error instanceof RequestFailed) return readFailure(error);
      throw error;
    }
  };

  return {
    settings,
    attempt,
    async call(call, schema, options) {
      const reading = await attempt(call, options);
      if (reading.kind !== 'answered')
        throw new CloudApiError(reading.kind, reading.error, nameOf(call), reading.answer);
      const parsed = schema.safeParse(reading.value);
      if (parsed.success) return parsed.data;
      const where = parsed.error.issues[0]?.path.join('.') ?? '';
      const error = {
        code: 'unexpected-answer',
        title: `The answer is not as documented (${where})`,
        action: { do: 'fail' },
        retryable: false,
        surelyRejected: false,
        remedy: "Compare the answer with Meta's documentation of this version",
      } as const;
      throw new CloudApiError('unknown', error, nameOf(call));
    },
  };
}
