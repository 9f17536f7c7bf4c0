import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Media1767398400005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table media (
        media_id     uuid primary key,
        workspace_id uuid        not null,
        sha256       text        not null,
        mime_type    text        not null,
        filename     text,
        bytes        int         not null,
        expires_at   timestamptz not null
      )`);
    await runner.query(`
      create table media_piece (
        media_id uuid        not null,
        place    int         not null,
        sealed   bytea       not null,
        at       timestamptz not null,
        primary key (media_id, place)
      )`);
    // Sealed bytes cannot be compressed; trying costs time.
    await runner.query('alter table media_piece alter column sealed set storage external');
    await runner.query(`
      create table media_at_meta (
        media_id        uuid        not null,
        phone_number_id text        not null,
        meta_id         text        not null,
        expires_at      timestamptz not null,
        primary key (media_id, phone_number_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table media_at_meta, media_piece, media');
  }
}
