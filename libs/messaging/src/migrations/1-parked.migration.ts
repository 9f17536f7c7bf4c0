import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where records that keep failing wait for an operator, with those of their key behind them. */
export class Parked1700000000200 implements MigrationInterface {
  readonly name = 'Parked1700000000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema if not exists bus');
    await runner.query(`
      create table bus.parked (
        reader       text        not null,
        source       text        not null,
        shard        smallint    not null,
        position     bigint      not null,
        ordering_key text        not null,
        type         text        not null,
        -- JSON as text: jsonb refuses NUL, and what could not be handled may hold anything.
        event        text        not null,
        personal     bytea,
        error        text,
        attempts     int         not null,
        parked_at    timestamptz not null,
        primary key (reader, source, shard, position)
      )`);
    await runner.query('create index parked_key on bus.parked (reader, source, ordering_key, position)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema bus cascade');
  }
}
