import type { MigrationInterface } from 'typeorm';
import { IdempotencyKey1767225600001 } from './idempotency/idempotency-key.migration';
import { Erasure1767225600004 } from './personal-parts/erasure.migration';
import { KeptKey1767225600003 } from './kept-keys/kept-key.migration';
import { Reading1767225600005 } from './readings/reading.migration';
import { Operation1767225600002 } from './operations/operation.migration';

/** The host's own tables in every service's database. */
export const hostMigrations: readonly (new () => MigrationInterface)[] = [
  IdempotencyKey1767225600001,
  Operation1767225600002,
  KeptKey1767225600003,
  Erasure1767225600004,
  Reading1767225600005,
];
