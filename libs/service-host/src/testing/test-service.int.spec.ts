import { Body, Controller, Headers, Inject, Post, Res } from '@nestjs/common';
import { MessageAccepted, SenderDiscovered, WebhookSubscribed } from '@postrider/event-contracts';
import { memoryLog } from '@postrider/event-store';
import type { Fold, Reaction } from '@postrider/messaging';
import { eventually } from '@postrider/test-backends';
import type { FastifyReply } from 'fastify';
import { EntitySchema, type MigrationInterface, type QueryRunner } from 'typeorm';
import { z } from 'zod';
import { CallerParam, RequireScope, type Caller } from '../http/caller';
import { BodyOf } from '../http/described';
import { answer } from '../http/problem-filter';
import { Idempotent } from '../idempotency/idempotent';
import type { ServiceDefinition } from '../service-definition';
import { testService, type TestService } from './test-service';

class Things1767225700001 implements MigrationInterface {
  async up(runner: QueryRunner) {
    await runner.query('create table thing (id uuid primary key, name text not null)');
  }
  async down() {}
}

const definition: ServiceDefinition<{ GREETING: string }> = {
  name: 'templates',
  config: z.object({ GREETING: z.string().default('hello') }),
  migrations: [Things1767225700001],
  entities: [],
  compose: () => ({ controllers: [], providers: [], readers: [] }),
};
it('x', async () => {
  const t = await testService(definition);
  console.log(await t.ask('GET', '/health/ready'), await t.ask('GET', '/docs/openapi.json'), (await t.ask('GET', '/metrics')).status, await t.ask('GET','/docs/'));
  await t.close();
});
