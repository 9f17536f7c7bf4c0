import { Controller, Get, Headers, Inject, Param, Post, Res } from '@nestjs/common';
import { PolicyChanged, TemplateDisabled, TemplatePaused } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import type { FastifyReply } from 'fastify';
import { EntitySchema, type MigrationInterface, type QueryRunner } from 'typeorm';
import { z } from 'zod';
import { CallerParam, RequireScope, type Caller } from '../http/caller';
import { BodyOf, Describe, QueryOf } from '../http/described';
import { pageOf, pageQuery, readCursor, type Page } from '../http/page';
import { Problem, unavailable } from '../http/problem';
import { answer } from '../http/problem-filter';
import { parseId } from '../http/validation';
import { Idempotent } from '../idempotency/idempotent';
import type { ServiceDefinition, ServiceHost } from '../service-definition';

/** The smallest service that has everything: a route that creates, a fold, a loop; for the host's own specs. */
const Host = Symbol('Host');

const NewNote = z.object({ text: z.string().max(100), fail: z.enum(['refuse', 'fault', 'bug']).optional() });
const Note = z.object({ id: z.uuid(), text: z.string() });

class Notes1767225700001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table note (id uuid primary key, text text not null)');
    await runner.query('create table paused (template_id uuid primary key, because text not null)');
    await runner.query('create table policy (name text primary key)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table note, paused, policy');
  }
}

export const NoteTable = new EntitySchema<z.infer<typeof Note>>({
  name: 'note',
  columns: { id: { type: 'uuid', primary: true }, text: { type: 'text' } },
});

@Controller('v1/notes')
class NoteRoutes {
  constructor(
    @Inject(Host) private readonly host: ServiceHost,
    @Inject(Idempotent) private readonly idempotent: Idempotent,
  ) {}

  @Post()
  @RequireScope('send')
  @Describe({ summary: 'Keeps a note', answers: { 201: Note }, idempotent: true })
  async make(
    @BodyOf(NewNote) body: z.infer<typeof NewNote>,
    @Headers('idempotency-key') key: string | undefined,
    @CallerParam() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const kept = await this.idempotent(caller, 'POST /v1/notes', key, body, async (id) => {
      if (body.fail === 'refuse') throw new Problem('conflict', 'No more notes.', { noteId: id });
      if (body.fail === 'fault') throw unavailable('Not now.');
      if (body.fail === 'bug') throw new Error('out of ink');
      const insert = 'insert into note (id, text) values ($1, $2) on conflict do nothing';
      await this.host.pool.query(insert, [id, body.text]);
      return { status: 201, body: { id, text: body.text } };
    });
    return answer(reply, kept);
  }

  @Get()
  @RequireScope('read')
  @Describe({ summary: 'Lists notes' })
  async list(@QueryOf(pageQuery) { after, limit }: z.infer<typeof pageQuery>): Promise<Page<unknown>> {
    const [from] =
      after === undefined ? ['00000000-0000-0000-0000-000000000000'] : readCursor(z.tuple([z.uuid()]), after);
    const { rows } = await this.host.pool.query<z.infer<typeof Note>>(
      'select id, text from note where id > $1 order by id limit $2',
      [from, limit + 1],
    );
    return pageOf(rows, limit, { row: (row) => row, cursor: ({ id }) => [id] });
  }

  @Get('slow')
  @RequireScope('read')
  async slow(): Promise<{ slow: boolean }> {
    await this.host.pool.query('select pg_sleep(0.3)');
    return { slow: true };
  }

  @Get(':id')
  @RequireScope('read')
  @Describe({ summary: 'Shows a note', answers: { 200: Note } })
  async show(@Param('id') id: string): Promise<unknown> {
    const note = await this.host.database.getRepository(NoteTable).findOneBy({ id: parseId(id, 'note') });
    if (!note) throw new Problem('not-found', 'There is no note with this id.');
    return note;
  }
}

/** Fails for good on the reason `poison`, until `cured` says otherwise. */
export function pausedTemplates(cured: () => boolean): Fold {
  return {
    kind: 'fold',
    name: 'templates:paused',
    hears: [TemplatePaused, TemplateDisabled],
    async handle(events, tx) {
      for (const event of events) {
        const { templateId, because = '' } = event.data as { templateId: string; because?: string };
        if (because === 'poison' && !cured()) throw new Error('cannot be folded');
        await tx.query(
          'insert into paused values ($1, $2) on conflict (template_id) do update set because = excluded.because',
          [...[templateId, because]],
        );
      }
    },
    async reset(tx) {
      await tx.query('truncate paused');
    },
  };
}

const policies: Fold = {
  kind: 'fold',
  name: 'templates:policies',
  hears: [PolicyChanged],
  async handle(events, tx) {
    for (const event of events)
      await tx.query('insert into policy values ($1) on conflict do nothing', [(event.data as { name: string }).name]);
  },
};

/** `state` is what the spec looks at and turns. */
export function noteService(state: { cured?: boolean; loops?: number; stopped?: boolean } = {}): ServiceDefinition<{
  GREETING: string;
}> {
  return {
    name: 'templates',
    config: z.object({ GREETING: z.string().default('hello') }),
    migrations: [Notes1767225700001],
    entities: [NoteTable],
    compose: (host) => ({
      controllers: [NoteRoutes],
      providers: [{ provide: Host, useValue: host }],
      readers: [pausedTemplates(() => state.cured === true), policies],
      background: [
        {
          name: 'loop',
          async run(signal) {
            state.loops = (state.loops ?? 0) + 1;
            if (state.loops === 1) throw new Error('the first run fails');
            await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
            state.stopped = true;
          },
        },
      ],
    }),
  };
}
