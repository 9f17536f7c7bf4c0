import { serviceNames, type ServiceName } from '@postrider/event-contracts';
import { z } from 'zod';
import { MasterKey, Port, readEnvironment, type Environment } from './environment';

const Brokers = z
  .string()
  .regex(/^[^\s,:]+:\d+(,[^\s,:]+:\d+)*$/, 'host:port is needed, with commas between several')
  .transform((text) => text.split(','));
const Address = z.url({ protocol: /^https?$/, error: 'an address such as http://dispatch:3000 is needed' });

const DistributedEnvironment = z.object({
  PORT: Port.default(3000),
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'an address such as postgres://user:password@host/db is needed',
  }),
  KAFKA_BROKERS: Brokers,
  POSTRIDER_MASTER_KEY: MasterKey,
  POSTRIDER_API_KEY: z.string().min(16, 'at least 16 characters are needed'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  CONFIGURATION_URL: Address.optional(),
  TEMPLATES_URL: Address.optional(),
  DISPATCH_URL: Address.optional(),
  WEBHOOKS_URL: Address.optional(),
  JOURNEYS_URL: Address.optional(),
  PROJECTIONS_URL: Address.optional(),
});

/** What every service of the distributed form reads, beside its own variables. */
export function readDistributedEnvironment(environment: Environment): {
  port: number;
  databaseUrl: string;
  brokers: readonly string[];
  masterKey: Buffer;
  logLevel: string;
  urls: Readonly<Partial<Record<ServiceName, string>>>;
} {
  const read = readEnvironment(DistributedEnvironment, environment);
  const urls: Partial<Record<ServiceName, string>> = {};
  for (const name of serviceNames) {
    const url = read[`${name.toUpperCase() as Uppercase<ServiceName>}_URL`];
    if (url !== undefined) urls[name] = url;
  }
  const { PORT: port, DATABASE_URL: databaseUrl, KAFKA_BROKERS: brokers } = read;
  return { port, databaseUrl, brokers, masterKey: read.POSTRIDER_MASTER_KEY, logLevel: read.LOG_LEVEL, urls };
}
