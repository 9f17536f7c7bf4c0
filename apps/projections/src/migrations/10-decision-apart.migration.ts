import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A decision is long and rarely changes: out of the view, it is not written anew with each status. */
export class DecisionApart1763769620010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table message add column decision jsonb');
    await runner.query(`
      update message set decision = view #> '{decision,decision}', view = view #- '{decision,decision}'
      where view #> '{decision,decision}' is not null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update message set view = jsonb_set(view, '{decision,decision}', decision) where decision is not null`);
    await runner.query('alter table message drop column decision');
  }
}
