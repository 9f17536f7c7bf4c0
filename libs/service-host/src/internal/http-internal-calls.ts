import type { ServiceName } from '@postrider/event-contracts';
import type { Keyring } from '@postrider/keys';
import { Pool } from 'undici';
import type { InternalCalls } from '../internal-calls';
import { internalCallsOver } from './internal-calls-over';

const timeoutMs = 5_000;

/** Calls between services over HTTP, each to its internal address, with the token of the installation. */
export function httpInternalCalls(
  urls: Readonly<Partial<Record<ServiceName, string>>>,
  keys: Keyring,
): InternalCalls & { close(): Promise<void> } {
  const pools = new Map(
    Object.entries(urls).map(([service, url]) => [
      service,
      new Pool(new URL(url).origin, {
        connections: 8,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        connectTimeout: timeoutMs,
      }),
    ]),
  );
  const calls = internalCallsOver(async (service, path, question) => {
    const pool = pools.get(service);
    if (!pool) throw new Error(`${service.toUpperCase()}_URL is missing`);
    const headers = { authorization: `Bearer ${keys.internalToken}` };
    const { statusCode, body } = await pool.request(
      question === undefined
        ? { path, method: 'GET', headers }
        : { path, method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: question },
    );
    return { status: statusCode, body: await body.text() };
  });
  return {
    ...calls,
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}
