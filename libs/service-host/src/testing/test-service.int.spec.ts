import { PolicyChanged, TemplateDisabled, TemplatePaused } from '@postrider/event-contracts';
import type { EventLog, NewEvent } from '@postrider/event-store';
import { eventually } from '@postrider/test-backends';
import { v7 } from 'uuid';
import { defaultWorkspaceId } from '../http/api-keys';
import { noteService } from './note-service';
import { testService, type TestService } from './test-service';

const state: { cured?: boolean; loops?: number } = {};
let service: TestService;
beforeAll(async () => {
  service = await testService(noteService(state));
});
afterAll(() => service.close());

const meta = { workspaceId: defaultWorkspaceId, actor: 'test', correlationId: 'test', aliasKeys: [] };
const tell = async (log: EventLog, streamId: string, event: Pick<NewEvent, 'type' | 'data'>) => {
  const events = [{ ...event, at: service.clock.now() }];
  const [verdict] = await log.append([{ streamId, expectedVersion: 'any', orderingKey: streamId, events, meta }]);
  return verdict!;
};

describe('a service on the host', () => {
  it('is ready, says what it measures, and finds what it keeps', async () => {
    expect(await service.ask('GET', '/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'ready', missing: [] },
    });
    const { body } = await service.ask('POST', '/v1/notes', { text: 'a' });
    expect(await service.ask('GET', `/v1/notes/${body.id}`)).toMatchObject({ status: 200, body: { text: 'a' } });
    const metrics = String((await service.ask('GET', '/metrics')).body);
    expect(metrics).toContain('http_request_duration_seconds_count{method="GET",route="/v1/notes/:id",status="200"} 1');
    expect(metrics).toContain('reader_lag_events{reader="templates:policies",source="configuration",shard="0"} 0');
  });

  it('answers 404 for an id that is none', async () => {
    expect(await service.ask('GET', '/v1/notes/7')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('pages through a list without holes or repeats', async () => {
    for (const text of ['b', 'c', 'd']) await service.ask('POST', '/v1/notes', { text });
    const seen: string[] = [];
    let next = '';
    do {
      const { body } = await service.ask('GET', `/v1/notes?limit=2${next}`);
      seen.push(...body.data.map((note: { id: string }) => note.id));
      next = body.next === null ? '' : `&after=${body.next}`;
    } while (next !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(4);
    expect(await service.ask('GET', '/v1/notes?after=x')).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'after' }] },
    });
  });

  it('documents its routes from what they are held to', async () => {
    const { body } = await service.ask('GET', '/docs/openapi.json');
    const { post, get } = body.paths['/v1/notes'];
    expect(post).toMatchObject({
      summary: 'Keeps a note',
      security: [{ apiKey: [] }],
      description: expect.stringContaining('send'),
    });
    expect(post.requestBody.content['application/json'].schema).toMatchObject({
      properties: { text: { maxLength: 100 } },
    });
    expect(post.parameters).toMatchObject([{ name: 'Idempotency-Key', in: 'header' }]);
    expect(get.parameters.map(({ name }: { name: string }) => name)).toEqual(['after', 'limit']);
    expect(body.paths['/v1/notes/{id}'].get.parameters).toMatchObject([{ name: 'id', in: 'path' }]);
    expect(body.paths['/v1/operations/{id}'].get.summary).toEqual(expect.any(String));
    expect((await service.ask('GET', '/docs/templates/asyncapi.json')).body.asyncapi).toBe('3.0.0');
    expect((await service.ask('GET', '/docs/')).body).toContain('/v1/notes');
  });

  it('runs a loop that failed again', () => eventually(() => expect(state.loops).toBe(2), { withinMs: 5_000 }));
});

describe('how far its readers are', () => {
  it('is waited for, so that what was just told is found', async () => {
    const { shard, position } = await tell(service.log, v7(), TemplatePaused.of({ templateId: v7() } as never));
    expect(await service.host.readers.reached('templates:paused', 'templates', [{ shard, position }], 2_000)).toBe(
      true,
    );
    await tell(
      service.logs.get('configuration')!,
      v7(),
      PolicyChanged.of({ name: 'caps', policyVersion: 1, policy: {} }),
    );
    expect(await service.host.readers.caughtUp('templates:policies', 'configuration', 2_000)).toBe(true);
    expect((await service.host.pool.query('select name from policy')).rows).toEqual([{ name: 'caps' }]);
  });

  it('is told to the services of the installation alone', async () => {
    const own = { authorization: `Bearer ${service.host.keys.internalToken}` };
    const { body } = await service.ask('GET', '/internal/readers', undefined, own);
    expect(body.readers).toContainEqual(
      expect.objectContaining({ reader: 'templates:policies', source: 'configuration', lag: 0 }),
    );
    expect((await service.ask('GET', '/internal/head', undefined, own)).body).toHaveLength(service.log.shards);
    expect(await service.ask('GET', '/internal/readers')).toMatchObject({ status: 401 });
  });
});

describe('an operator', () => {
  const finished = (id: string) =>
    eventually(
      async () => {
        const { body } = await service.ask('GET', `/v1/operations/${id}`);
        expect(body.state).not.toBe('running');
        return body;
      },
      { withinMs: 10_000 },
    );

  it('is alarmed by a parked record, replays it, and learns how that went', async () => {
    const templateId = v7();
    await tell(service.log, templateId, TemplatePaused.of({ templateId, because: 'poison' } as never));
    await tell(service.log, templateId, TemplateDisabled.of({ templateId, because: 'behind it' } as never));
    const [parked] = await eventually(
      async () => {
        const keys = await service.readers.parked();
        expect(keys).toMatchObject([{ key: templateId, records: 2 }]);
        return keys;
      },
      { withinMs: 10_000 },
    );
    const alarms = await eventually(
      async () => {
        const all = await Promise.all(
          Array.from({ length: service.log.shards }, (_, shard) => service.log.readShard(shard, 0, 100)),
        );
        const raised = all.flat().filter(({ type }) => type === 'AlarmRaised');
        expect(raised).toHaveLength(1);
        return raised;
      },
      { withinMs: 5_000 },
    );
    expect(alarms[0]!.data).toMatchObject({ kind: 'parked' });

    const url = `/v1/operations/parked/${parked!.reader}:${parked!.key}/replay`;
    const first = await service.ask('POST', url);
    expect(first).toMatchObject({ status: 202, body: { id: expect.stringMatching(/^templates:/), state: 'running' } });
    expect(await finished(first.body.id)).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('cannot be folded'),
    });
    state.cured = true;
    const second = await service.ask('POST', url);
    expect(await finished(second.body.id)).toMatchObject({ state: 'done', progress: { replayed: 2 } });
    expect(await service.ask('POST', url)).toMatchObject({ status: 404 });
  });

  it('rebuilds a projection', async () => {
    const { body } = await service.ask('POST', '/v1/operations/projections/templates:paused/rebuild');
    expect(await finished(body.id)).toMatchObject({ state: 'done', kind: 'rebuild' });
    expect((await service.host.pool.query('select count(*)::int as n from paused')).rows[0].n).toBe(2);
    expect(await service.ask('POST', '/v1/operations/projections/templates:none/rebuild')).toMatchObject({
      status: 404,
    });
  });
});
