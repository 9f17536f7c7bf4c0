import type { MigrationInterface } from 'typeorm';
import { Parked1700000000200 } from './migrations/1-parked.migration';

/** The schema `bus` of a service's database, after the event store's own migrations. */
export const messagingMigrations: readonly (new () => MigrationInterface)[] = [Parked1700000000200];
