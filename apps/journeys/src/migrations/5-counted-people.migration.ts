import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether the figures know of everybody on the list. Of what is under way, those who are not planned are counted at its next step. */
export class CountedPeople1767398400005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table occurrence add column counted boolean not null default false');
    await runner.query('update occurrence set counted = planned');
    await runner.query('alter table occurrence alter column counted drop default');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table occurrence drop column counted');
  }
}
