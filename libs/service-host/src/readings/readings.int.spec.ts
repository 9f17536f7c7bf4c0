import { Controller, Get, Inject, Param, Post } from '@nestjs/common';
import type { Scope } from '@postrider/event-contracts';
import { eventually } from '@postrider/test-backends';
import { v7 } from 'uuid';
import { RequireScope } from '../http/caller';
import { defaultWorkspaceId } from '../http/api-keys';
import { noteService } from '../testing/note-service';
import { testClock } from '../testing/test-clock';
import { testService, type TestService } from '../testing/test-service';
import type { Reading } from './readings';
import { ShowsPeople } from './shows-people';

const anna = v7();
const Words = Symbol('Words');

@Controller('v1/talks')
@RequireScope('read')
@ShowsPeople('conversation')
class TalksRoute {
  constructor(@Inject(Words) private readonly words: string) {}
  @Get()
  list() {
    return {
      data: [
        { id: 't1', contact: { id: anna } },
        { id: 't2', contact: { id: null } },
      ],
      next: null,
    };
  }
  @Get(':id')
  show(@Param('id') id: string) {
    return { id, contact: { id: anna }, words: this.words };
  }
  @Post('hints')
  @ShowsPeople('preview', { toAll: true })
  hints() {
    return { id: 'h' };
  }
}

function talks(): ReturnType<typeof noteService> {
  const notes = noteService();
  return {
    ...notes,
    async compose(host) {
      const parts = await notes.compose(host);
      return {
        ...parts,
        controllers: [...parts.controllers, TalksRoute],
        providers: [...parts.providers, { provide: Words, useValue: 'her words' }],
      };
    },
  };
}

const keyOf = (scopes: readonly Scope[], id: string) => ({ id, workspaceId: defaultWorkspaceId, scopes });
const keys = new Map([
  ['sees', keyOf(['read', 'personal'], 'a')],
  ['blind', keyOf(['read'], 'b')],
]);
const clock = testClock();
let service: TestService;
const start = async (databaseUrl?: string) => {
  service = await testService(talks(), {
    ...{ clock, env: { POSTRIDER_READING_DAYS: '30' } },
    runtime: { apiKeys: { find: async (secret) => keys.get(secret) } },
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  });
};
beforeAll(() => start());
afterAll(() => service.close());

const ask = (method: 'GET' | 'POST', url: string, key: string) => {
  // Readings of one moment have no order.
  clock.advance(1);
  return service.ask(method, url, undefined, { authorization: `Bearer ${key}` });
};
async function kept(asked: Record<string, unknown> = {}): Promise<Reading[]> {
  const question = { workspaceId: defaultWorkspaceId, limit: 50, ...asked };
  const { host } = service;
  const { body } = await service.ask('POST', '/internal/readings', question, {
    authorization: `Bearer ${host.keys.internalToken}`,
  });
  return body as Reading[];
}

describe('what a key is shown of people', () => {
  it('is kept: who, what, whose and when, by ids alone', async () => {
    expect((await ask('GET', '/v1/talks/t1?phone=34600456701', 'sees')).body.words).toBe('her words');
    const reading = {
      ...{ actor: 'key:a', route: 'GET /v1/talks/:id', what: 'conversation', ids: ['t1'], contacts: [anna] },
      ...{ at: clock.now().toISOString(), id: expect.any(String), correlationId: expect.any(String) },
    };
    expect(await kept()).toEqual([reading]);
    await ask('GET', '/v1/talks', 'sees');
    expect(await kept()).toEqual([expect.objectContaining({ ids: ['t1', 't2'], contacts: [anna] }), reading]);
  });

  it('is not where the key may not see people, but where a route shows them to all', async () => {
    const before = (await kept()).length;
    expect(await ask('GET', '/v1/talks/t1', 'blind')).toMatchObject({ status: 200 });
    expect(await kept()).toHaveLength(before);
    expect(await ask('POST', '/v1/talks/hints', 'blind')).toMatchObject({ status: 201 });
    expect((await kept())[0]).toMatchObject({ actor: 'key:b', what: 'preview', ids: ['h'] });
  });

  it('can be asked for by person, actor, thing and time', async () => {
    const counts = async (...questions: Record<string, unknown>[]) =>
      Promise.all(questions.map(async (question) => (await kept(question)).length));
    const later = new Date(clock.now().getTime() + 1).toISOString();
    expect(await counts({ contact: anna }, { contact: v7() }, { actor: 'key:b' }, { what: 'preview' })).toEqual([
      ...[2, 0, 1, 1],
    ]);
    expect(await counts({ from: later }, { to: later }, { workspaceId: v7() })).toEqual([0, 3, 0]);
    const [newest] = await kept({ limit: 1 });
    expect(await counts({ before: newest!.id })).toEqual([2]);
  });

  it('is not shown where it cannot be kept', async () => {
    await service.host.pool.query('alter table reading rename to reading_away');
    const { status, body } = await ask('GET', '/v1/talks/t1', 'sees');
    await service.host.pool.query('alter table reading_away rename to reading');
    expect(status).toBeGreaterThanOrEqual(500);
    expect(JSON.stringify(body)).not.toContain('her words');
  });

  it('is forgotten after the days that are set', async () => {
    clock.advance(31 * 86_400_000);
    await ask('GET', '/v1/talks/t9', 'sees');
    const databaseUrl = service.host.pool.options.connectionString!;
    await service.close();
    await start(databaseUrl);
    await eventually(async () => expect((await kept()).map(({ ids }) => ids)).toEqual([['t9']]));
  });
});
