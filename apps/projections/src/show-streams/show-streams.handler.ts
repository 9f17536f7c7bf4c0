import { serviceNames, type ServiceName } from '@postrider/event-contracts';
import type { InternalCalls } from '@postrider/service-host';

interface ReadersOfService {
  readonly readers: readonly object[];
  readonly parked: readonly object[];
}

/** How far behind each service's readers are, and what they have put aside. A service that cannot be asked is said so. */
export function showStreams({ internal }: { internal: Pick<InternalCalls, 'get'> }) {
  return async () => {
    const asked = await Promise.all(serviceNames.map((service) => ask(internal, service)));
    return { data: asked.flat() };
  };
}

async function ask(internal: Pick<InternalCalls, 'get'>, service: ServiceName): Promise<object[]> {
  const answer = await internal.get<ReadersOfService>(service, '/internal/readers').catch(() => null);
  if (answer === null) return [{ service, available: false, readers: [], parked: [] }];
  if (answer === undefined) return [];
  return [{ service, available: true, readers: answer.readers, parked: answer.parked }];
}

export const ShowStreams = Symbol('ShowStreams');
export type ShowStreams = ReturnType<typeof showStreams>;
