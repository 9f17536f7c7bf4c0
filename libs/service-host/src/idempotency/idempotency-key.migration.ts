import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IdempotencyKey1767225600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table idempotency_key (
        workspace_id  uuid        not null,
        scope         text        not null,
        key           text        not null,
        body_hash     bytea       not null,
        resource_id   uuid        not null,
        answer_status int,
        answer_body   json,
        expires_at    timestamptz not null,
        primary key (workspace_id, scope, key)
      )`);
    await runner.query('create index idempotency_key_expiry on idempotency_key (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table idempotency_key');
  }
}
