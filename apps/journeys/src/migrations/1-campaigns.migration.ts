import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  `create table known_channel (
    channel_id   uuid primary key,
    workspace_id uuid  not null,
    name         text  not null,
    state        text  not null,
    settings     jsonb not null
  )`,
  'create index known_channel_name on known_channel (workspace_id, name)',
  `create table known_sender (
    sender_id             uuid primary key,
    workspace_id          uuid not null,
    account_id            uuid not null,
    quality               text not null,
    throughput_per_second int  not null
  )`,
  `create table known_template (
    template_id  uuid primary key,
    workspace_id uuid  not null,
    account_id   uuid  not null,
    name         text  not null,
    language     text  not null,
    state        text  not null,
    definition   jsonb not null
  )`,
  'create index known_template_name on known_template (account_id, name, language)',
  `create table known_policy (
    workspace_id uuid  not null,
    name         text  not null,
    policy       jsonb not null,
    primary key (workspace_id, name)
  )`,
  `create table campaign (
    campaign_id  uuid primary key,
    workspace_id uuid        not null,
    name         text        not null,
    phase        text        not null,
    start_at     timestamptz,
    drafted_at   timestamptz not null,
    state        jsonb       not null
  )`,
  'create index campaign_in_time on campaign (workspace_id, drafted_at, campaign_id)',
  'create index campaign_phase on campaign (phase)',
  `create table audience (
    audience_id  uuid primary key,
    workspace_id uuid        not null,
    campaign_id  uuid        not null,
    state        text        not null,
    columns      text[]      not null,
    rows         int         not null,
    people       int         not null,
    wrong        int         not null,
    repeated     int         not null,
    begun_at     timestamptz not null
  )`,
  'create index audience_campaign on audience (campaign_id, begun_at)',
  // personal: who it is and what the row says of them.
  `create table audience_member (
    audience_id uuid  not null,
    person_key  text  not null,
    line        int   not null,
    country     text,
    personal    bytea not null,
    primary key (audience_id, person_key)
  )`,
  'create index audience_member_line on audience_member (audience_id, line)',
  `create table audience_error (
    audience_id uuid not null,
    line        int  not null,
    code        text not null,
    detail      text not null,
    primary key (audience_id, line)
  )`,
  `create table occurrence (
    campaign_id  uuid    not null,
    occurrence   int     not null,
    batches      int     not null,
    planned_line int     not null,
    planned      boolean not null,
    retries      int     not null,
    sampled_at   timestamptz,
    sampled      int     not null,
    rate         double precision,
    primary key (campaign_id, occurrence)
  )`,
  // command: the message as it will be asked for, parameters frozen.
  `create table recipient (
    recipient_id uuid primary key,
    campaign_id  uuid    not null,
    occurrence   int     not null,
    line         int     not null,
    person_key   text    not null,
    variant      text    not null,
    attempt      int     not null,
    state        text    not null,
    code         text,
    message_id   uuid,
    sent         boolean not null,
    delivered    boolean not null,
    read         boolean not null,
    opted_out    boolean not null,
    price        double precision not null,
    handed_at    timestamptz,
    command      bytea   not null
  ) with (fillfactor = 70)`,
  'create index recipient_next on recipient (campaign_id, occurrence, state, line)',
  'create index recipient_message on recipient (message_id) where message_id is not null',
  'create index recipient_person on recipient (person_key)',
  `create table early_status (
    message_id uuid primary key,
    sent       boolean not null,
    delivered  boolean not null,
    read       boolean not null,
    heard_at   timestamptz not null
  )`,
  `create table campaign_figure (
    campaign_id uuid not null,
    occurrence  int  not null,
    variant     text not null,
    measure     text not null,
    amount      double precision not null,
    primary key (campaign_id, occurrence, variant, measure)
  ) with (fillfactor = 50)`,
];

export class Campaigns1767398400001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `drop table campaign_figure, early_status, recipient, occurrence, audience_error, audience_member, audience,
                  campaign, known_policy, known_template, known_sender, known_channel`,
    );
  }
}
