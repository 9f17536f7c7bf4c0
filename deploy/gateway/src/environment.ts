import { serviceNames, type ServiceName } from '@postrider/event-contracts';
import { Port, readEnvironment, type Environment } from '@postrider/service-host';
import { z } from 'zod';

const Address = z.url({ protocol: /^https?$/, error: 'an address such as http://dispatch:3000 is needed' });

const GatewayEnvironment = z.object({
  PORT: Port.default(3000),
  CONFIGURATION_URL: Address,
  TEMPLATES_URL: Address,
  DISPATCH_URL: Address,
  WEBHOOKS_URL: Address,
  PROJECTIONS_URL: Address,
  /** Absent until the installation runs campaigns. */
  JOURNEYS_URL: Address.optional(),
});

/** Where the services are, and where the gateway listens. */
export function readGatewayEnvironment(environment: Environment): {
  port: number;
  addresses: ReadonlyMap<ServiceName, string>;
} {
  const { PORT, ...urls } = readEnvironment(GatewayEnvironment, environment);
  const addresses = new Map<ServiceName, string>();
  for (const name of serviceNames) {
    const url = urls[`${name.toUpperCase() as Uppercase<ServiceName>}_URL`];
    if (url !== undefined) addresses.set(name, new URL(url).origin);
  }
  return { port: PORT, addresses };
}
