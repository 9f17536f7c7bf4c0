import type { Provider, Type } from '@nestjs/common';
import type { Clock } from '@postrider/decider';
import type { ServiceName } from '@postrider/event-contracts';
import type { EventLog, Leases, OpenEvents, PersonalParts } from '@postrider/event-store';
import type { Keyring } from '@postrider/keys';
import type { CommandsPort, Reader } from '@postrider/messaging';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { DataSource, EntitySchema, MigrationInterface } from 'typeorm';
import type { z } from 'zod';
import type { Alarms } from './alarms';
import type { DirectAnswers } from './http/direct';
import type { Claims } from './idempotency/claims';
import type { Idempotent } from './idempotency/idempotent';
import type { InternalCalls } from './internal-calls';
import type { Forgetting } from './personal-parts/erasures';
import type { HeldOfPerson } from './personal-parts/held-of-person';
import type { Readings } from './readings/readings';

/** One service: its name, what it reads from the environment, its schema, and how it is put together. */
export interface ServiceDefinition<Config = unknown> {
  readonly name: ServiceName;
  /** Of the environment; a wrong or missing value stops the start with one line that names it. */
  readonly config: z.ZodType<Config>;
  /** The service's own migrations, after those of the log and the readers. */
  readonly migrations: readonly (new () => MigrationInterface)[];
  readonly entities: readonly EntitySchema[];
  /** The composition root: every wire in one place. Called once, before anything listens. */
  compose(host: ServiceHost<Config>): ServiceParts | Promise<ServiceParts>;
}

export interface ServiceParts {
  /** Routes. */
  readonly controllers: readonly Type[];
  /** What the routes are given. */
  readonly providers: readonly Provider[];
  readonly readers: readonly Reader[];
  readonly background?: readonly Background[];
  /** How the service forgets what it holds of an erased person, beside the parts whose keys the host destroys. */
  readonly forgetting?: Forgetting;
  /** Addresses answered before Fastify, by method and path, where each millisecond counts. */
  readonly direct?: DirectAnswers;
  /** What the service holds of a person, for whoever asks for it. */
  readonly held?: HeldOfPerson;
  /** Raw Fastify routes beside Nest, for paths where bytes and speed matter. */
  readonly fastify?: (instance: import('fastify').FastifyInstance) => void | Promise<void>;
}

/** Work that goes on beside requests and readers, such as the sender loop. */
export interface Background {
  readonly name: string;
  /** Runs until `signal` aborts, then finishes what is at hand and returns. A throw is logged and it is run again after a pause. */
  run(signal: AbortSignal): Promise<void>;
}

/** What the platform hands to a service. */
export interface ServiceHost<Config = unknown> {
  readonly name: ServiceName;
  readonly config: Config;
  readonly clock: Clock;
  /** The service's own database; a pool for hot paths … */
  readonly pool: Pool;
  /** … and TypeORM for read tables. */
  readonly database: DataSource;
  readonly log: EventLog;
  readonly leases: Leases;
  readonly keys: Keyring;
  /** Seals what identifies or quotes a person, under keys that end with their erasure. The log does so by itself. */
  readonly parts: PersonalParts;
  /** Opens personal parts of another service's events, which its tables keep sealed (`openKept`). */
  readonly openEvents: OpenEvents;
  readonly internal: InternalCalls;
  /** Where requests to send come in: one service consumes (in a background loop), any may publish. */
  readonly commands: CommandsPort;
  readonly readers: ReaderProgress;
  /** Runs a request that creates, once per `Idempotency-Key`. */
  readonly idempotent: Idempotent;
  /** The same keys for many requests at once, as commands from the bus have them. */
  readonly claims: Claims;
  /** For what an operator must see; facts in the service's own log. */
  readonly alarms: Alarms;
  /** Who was shown what names or quotes people. Routes declare it (`ShowsPeople`). */
  readonly readings: Readings;
  /** When each API key was last used at this service: ISO instants by key id. */
  readonly apiKeyUses: () => Promise<Readonly<Record<string, string>>>;
  readonly logger: Logger;
  readonly metrics: Registry;
}

/** How far the service's readers are; this is how a caller finds what it has just created. */
export interface ReaderProgress {
  /** Waits until the reader has dealt with these positions of a source's log; false when it has not in time. */
  reached(
    reader: string,
    source: ServiceName,
    positions: readonly { shard: number; position: number }[],
    withinMs: number,
  ): Promise<boolean>;
  /**
   * Asks the source for its head and waits until the reader has reached it; false when it has not in time. Throws a
   * retryable Fault when the source cannot be asked.
   */
  caughtUp(reader: string, source: ServiceName, withinMs: number): Promise<boolean>;
}
