import { Fault } from '@postrider/decider';
import type { RecordedEvent, ServiceName } from '@postrider/event-contracts';
import type { AccountCredentials, InternalCalls } from '../internal-calls';
import { sealedCache } from './sealed-cache';

/** One GET to an internal path of a service, or a POST of a question. Throws where the service cannot be asked. */
export type InternalTransport = (
  service: ServiceName,
  path: string,
  question?: string,
) => Promise<{ status: number; body: string }>;

const secretsMs = 10 * 60_000;
/** Short, since a rotated token must be found soon. */
const credentialsMs = 5_000;

/** The calls between services, over whatever carries them. */
export function internalCallsOver(transport: InternalTransport): InternalCalls {
  const secrets = sealedCache(secretsMs);
  const credentials = sealedCache(credentialsMs);
  const get = async <T>(service: ServiceName, path: string): Promise<T | undefined> => {
    const body = await bodyOf(transport, service, path);
    return body === undefined ? undefined : (JSON.parse(body) as T);
  };
  const bytes = async (service: ServiceName, path: string): Promise<Buffer | undefined> => {
    const body = await bodyOf(transport, service, path);
    return body === undefined ? undefined : Buffer.from(body);
  };
  const read = <T>(known: Uint8Array | undefined): T | undefined =>
    known === undefined ? undefined : (JSON.parse(Buffer.from(known).toString('utf8')) as T);
  return {
    get,
    async ask<T>(service: ServiceName, path: string, question: unknown) {
      const body = await bodyOf(transport, service, path, JSON.stringify(question));
      return body === undefined ? undefined : (JSON.parse(body) as T);
    },
    head: async (service) => demand(await get<number[]>(service, '/internal/head'), service),
    async stream(service, streamId) {
      const events = await get<RecordedEvent[]>(service, `/internal/streams/${encodeURIComponent(streamId)}`);
      return demand(events, service).map((event) => ({ ...event, at: new Date(event.at) }));
    },
    async credentials(accountId) {
      const path = `/internal/credentials/${encodeURIComponent(accountId)}`;
      return read<AccountCredentials>(await credentials(path, () => bytes('configuration', path)));
    },
    async allCredentials() {
      return demand(await get<AccountCredentials[]>('configuration', '/internal/credentials'), 'configuration');
    },
    async identitySecret(workspaceId) {
      const path = `/internal/identity-secret/${encodeURIComponent(workspaceId)}`;
      const secret = await secrets(path, async () => {
        const given = demand(await get<{ secret: string }>('configuration', path), 'configuration');
        return Buffer.from(given.secret, 'base64');
      });
      return Buffer.from(demand(secret, 'configuration'));
    },
  };
}

async function bodyOf(
  transport: InternalTransport,
  service: ServiceName,
  path: string,
  question?: string,
): Promise<string | undefined> {
  let answer: { status: number; body: string };
  try {
    answer = await transport(service, path, question);
  } catch (cause) {
    throw cannotAsk(service, 'it does not answer', cause);
  }
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw cannotAsk(service, `it answers ${answer.status}`);
  return answer.body;
}

function demand<T>(value: T | undefined, service: ServiceName): T {
  if (value === undefined) throw cannotAsk(service, 'it does not know the address');
  return value;
}

/** A path is not told: it may hold an id. */
function cannotAsk(service: ServiceName, because: string, cause?: unknown): Fault {
  return new Fault({
    code: 'unavailable',
    message: `${service} cannot be asked: ${because}`,
    publicText: 'A part of the installation that this answer rests on cannot be asked just now.',
    retryable: true,
    cause,
  });
}
