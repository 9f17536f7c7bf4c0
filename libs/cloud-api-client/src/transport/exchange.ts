import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher, FormData } from 'undici';
import { RequestFailed, failureOf } from './failure';

export interface Exchange {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With its query. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Buffer | FormData;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Called once, as the request is about to be written to its connection. */
  readonly onLeaving?: () => void;
  /** Bytes of an answer, at most. */
  readonly answerMaxBytes?: number;
}
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const answerMaxDefault = 32 * 1024 * 1024;

/**
 * One request and its answer, over a kept-alive connection; never repeated. A failure is a `RequestFailed` that knows
 * whether the request may have left: undici says when it is about to write on a connected socket, and what failed
 * before (name, connection, TLS, a deadline while waiting for a connection) surely never left.
 */
export function exchange(pool: Dispatcher, request: Exchange): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let left = false;
    let settled = false;
    let abort: ((reason: Error) => void) | undefined;
    let status = 0;
    let headers: IncomingHttpHeaders = {};
    let size = 0;
    const chunks: Buffer[] = [];

    const finish = (end: () => void) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', cancel);
      end();
    };
    const fail = (failure: RequestFailed) => {
      finish(() => reject(failure));
      abort?.(failure);
    };
    const cancel = () => fail(new RequestFailed('cancelled', left));
    const timer = setTimeout(() => fail(new RequestFailed('timeout', left)), request.timeoutMs);
    if (request.signal?.aborted) return cancel();
    request.signal?.addEventListener('abort', cancel, { once: true });

    const { path, method, body } = request;
    const options = {
      path,
      method,
      headers: request.headers,
      body: (body ?? null) as Dispatcher.DispatchOptions['body'],
    };
    pool.dispatch(options, {
      onRequestStart(controller) {
        abort = (reason) => controller.abort(reason);
        // Settled already: it waited for a connection past its deadline. Left already: undici would write it twice.
        if (settled) controller.abort(new RequestFailed('cancelled', left));
        else if (left) controller.abort(new RequestFailed('connection-reset', true));
        else {
          left = true;
          request.onLeaving?.();
        }
      },
      onResponseStart(_controller, statusCode, responseHeaders) {
        status = statusCode;
        headers = responseHeaders as IncomingHttpHeaders;
      },
      onResponseData(_controller, chunk) {
        size += chunk.length;
        if (size > (request.answerMaxBytes ?? answerMaxDefault)) fail(new RequestFailed('answer-too-large', true));
        else chunks.push(chunk);
      },
      onResponseEnd() {
        finish(() => resolve({ status, headers, body: Buffer.concat(chunks) }));
      },
      onResponseError(_controller, cause) {
        finish(() => reject(new RequestFailed(failureOf(cause), left, { cause })));
      },
    });
  });
}
