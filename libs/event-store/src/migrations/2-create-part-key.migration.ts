import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The wrapped keys of people's personal parts: the service's own, and copies of other services' where these come over
 * Kafka. A row without `wrapped` is a key that was destroyed; it stays, so that a copy that comes late does not bring it
 * back.
 */
export class CreatePartKey1763769600002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table log.part_key (
        id           text    not null primary key,
        own          boolean not null,
        workspace_id uuid    not null,
        -- The alias key of the person, else the ordering key.
        subject      text    not null,
        wrapped      bytea,
        -- The keys topic does not have the row as it is now.
        unpublished  boolean not null
      )`);
    await runner.query(
      'create unique index part_key_current on log.part_key (workspace_id, subject) where own and wrapped is not null',
    );
    await runner.query('create index part_key_subject on log.part_key (workspace_id, subject)');
    await runner.query('create index part_key_unpublished on log.part_key (id) where unpublished');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table log.part_key');
  }
}
