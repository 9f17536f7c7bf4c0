import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createAppend } from '../create-append.sql';
import {
  createCheckpoint,
  createEvent,
  createEventOnce,
  createEventTail,
  createLease,
  createSchema,
  createShape,
  createShardHead,
} from '../create-tables.sql';

export class CreateEventLog1763769600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...[createSchema, createShape, createShardHead, createEvent, createEventTail, createEventOnce],
      ...[createLease, createCheckpoint, createAppend],
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema log cascade');
  }
}
