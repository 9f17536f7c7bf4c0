import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createAppend } from './create-append.sql';
import { createCheckpoint } from './create-checkpoint.sql';
import { createEvent } from './create-event.sql';
import { createEventOnce } from './create-event-once.sql';
import { createEventTail } from './create-event-tail.sql';
import { createLease } from './create-lease.sql';
import { createSchema } from './create-schema.sql';
import { createShape } from './create-shape.sql';
import { createShardHead } from './create-shard-head.sql';

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
