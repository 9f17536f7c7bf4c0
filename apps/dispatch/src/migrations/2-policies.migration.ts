import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  `create table known_policy (
    workspace_id uuid  not null,
    name         text  not null,
    version      int   not null,
    policy       jsonb not null,
    primary key (workspace_id, name)
  )`,
  'create table known_portfolio (portfolio_id text primary key, messaging_limit int)',
  'create table contact_traits (contact_id uuid primary key, time_zone text, language text)',
  `create table sent (
    message_id   uuid primary key,
    workspace_id uuid        not null,
    contact_id   uuid        not null,
    channel_id   uuid        not null,
    account_id   uuid        not null,
    purpose      text        not null,
    is_template  boolean     not null,
    country      text,
    state        text        not null,
    at           timestamptz not null,
    price_micros bigint,
    version      int         not null
  ) with (fillfactor = 80)`,
  'create index sent_contact on sent (contact_id, at)',
  'create index sent_account on sent (account_id, at)',
  'create index sent_workspace on sent (workspace_id, at)',
  `create table held_back (
    message_id uuid        not null,
    attempt    int         not null,
    contact_id uuid        not null,
    at         timestamptz not null,
    primary key (message_id, attempt)
  )`,
  'create index held_back_contact on held_back (contact_id, at)',
  'create table marketing_arrival (contact_id uuid primary key, at timestamptz not null)',
];

export class Policies1767398400002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table marketing_arrival, held_back, sent, contact_traits, known_portfolio, known_policy');
  }
}
