import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  `create table known_account (
    account_id           uuid primary key,
    workspace_id         uuid    not null,
    waba_id              text    not null,
    portfolio_id         text    not null,
    credentials_rejected boolean not null,
    restriction          text,
    restricted_until     timestamptz
  )`,
  `create table known_sender (
    sender_id             uuid primary key,
    workspace_id          uuid not null,
    account_id            uuid not null,
    phone_number_id       text not null,
    status                text not null,
    throughput_per_second int  not null,
    paused_because        text
  )`,
  `create table known_channel (
    channel_id   uuid primary key,
    workspace_id uuid  not null,
    name         text  not null,
    state        text  not null,
    settings     jsonb not null
  )`,
  'create index known_channel_name on known_channel (workspace_id, name)',
  `create table known_template (
    template_id  uuid primary key,
    workspace_id uuid  not null,
    account_id   uuid  not null,
    name         text  not null,
    language     text  not null,
    state        text  not null,
    category     text  not null,
    paused_until timestamptz,
    definition   jsonb not null,
    version      int   not null
  )`,
  'create index known_template_name on known_template (account_id, name, language)',
  `create table service_window (
    sender_id       uuid        not null,
    alias_key       text        not null,
    last_inbound_at timestamptz not null,
    primary key (sender_id, alias_key)
  )`,
  `create table sending_pause (
    scope_id uuid primary key,
    scope    text not null,
    code     text not null,
    until    timestamptz
  )`,
  `create table contact (
    contact_id      uuid primary key,
    workspace_id    uuid not null,
    person_id       uuid not null,
    first_alias_key text not null
  )`,
  'create index contact_person on contact (person_id)',
  `create table contact_alias (
    workspace_id uuid not null,
    alias_key    text not null,
    contact_id   uuid not null,
    primary key (workspace_id, alias_key)
  )`,
  'create index contact_alias_contact on contact_alias (contact_id)',
  `create table consent (
    contact_id uuid        not null,
    purpose    text        not null,
    sender_id  uuid        not null,
    state      text        not null,
    source     text        not null,
    said_at    timestamptz not null,
    primary key (contact_id, purpose, sender_id)
  )`,
  // Rows come and go with every message, so the table is vacuumed by count and not by share.
  `create table due (
    message_id   uuid primary key,
    workspace_id uuid        not null,
    sender_id    uuid        not null,
    channel_id   uuid        not null,
    contact_id   uuid        not null,
    pair_key     text        not null,
    lane         text        not null,
    kind         text        not null,
    due_at       timestamptz not null,
    held_by      text,
    attempt      int         not null,
    fence        bigint      not null,
    version      int         not null
  ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`,
  'create index due_next on due (sender_id, kind, lane, due_at)',
  'create index due_contact on due (contact_id)',
  'create index due_held on due (sender_id) where held_by is not null',
];

export class Dispatch1767398400001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `drop table due, consent, contact_alias, contact, sending_pause, service_window,
                  known_template, known_channel, known_sender, known_account`,
    );
  }
}
