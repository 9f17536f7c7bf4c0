import { startSimulator } from '@postrider/cloud-api-simulator';
import { eventually } from '@postrider/test-backends';
import { accountId, draft, setUp, type SetUp } from './testing/set-up';

describe('the life of a template', () => {
  let made: SetUp;
  beforeAll(async () => {
    made = await setUp(startSimulator);
    await made.connect();
  });
  afterAll(() => made.close());
  const ask: SetUp['service']['ask'] = (...args) => made.service.ask(...args);
  const stateOf = async (id: string): Promise<string> => (await ask('GET', `/v1/templates/${id}`)).body.state;
  const named = async (name: string) => (await ask('GET', `/v1/templates?name=${name}`)).body.data[0];

  it('begins with those that a connected account has already', async () => {
    await eventually(async () => (await ask('GET', '/v1/templates?state=approved')).body.data.length === 3);
    expect(await named('order_update')).toMatchObject({
      category: 'UTILITY',
      state: 'approved',
      language: 'en_US',
      metaTemplateId: '4000000000000002',
      parameterFormat: 'POSITIONAL',
    });
  });

  it('is drafted, submitted and approved, and found by the next call each time', async () => {
    const drafted = await ask('POST', '/v1/templates', draft(), { 'idempotency-key': 'parcel' });
    expect(drafted.status).toBe(201);
    expect(drafted.body).toMatchObject({ state: 'draft', findings: [], businessAccountId: accountId });
    const { id } = drafted.body;
    expect((await ask('POST', '/v1/templates', draft(), { 'idempotency-key': 'parcel' })).body.id).toBe(id);
    // The draft was kept, and its answer was not.
    await made.service.host.pool.query('update idempotency_key set answer_status = null, answer_body = null');
    const repeated = await ask('POST', '/v1/templates', draft(), { 'idempotency-key': 'parcel' });
    expect([repeated.status, repeated.body.id]).toEqual([201, id]);
    expect((await ask('POST', '/v1/templates', draft())).status).toBe(409);

    const submitted = await ask('POST', `/v1/templates/${id}/submit`);
    expect(submitted.status).toBe(202);
    expect(['submitted', 'approved']).toContain(submitted.body.state);
    const { metaTemplateId } = submitted.body;
    const at = { id: metaTemplateId as string, name: 'parcel_ready' };
    await made.report(at, 'message_template_status_update', { event: 'APPROVED', reason: 'NONE' });
    await eventually(async () => (await stateOf(id)) === 'approved');
    const { history } = (await ask('GET', `/v1/templates/${id}`)).body;
    expect(history.map(({ type }: { type: string }) => type)).toEqual([
      'TemplateDrafted',
      'TemplateSubmitted',
      'TemplateApproved',
    ]);
  });

  it('is told by webhook: rejected with its reason, paused, recategorised, of another quality', async () => {
    const { id, metaTemplateId } = await named('welcome');
    const at = { id: metaTemplateId, name: 'welcome' };
    await made.report(at, 'message_template_status_update', {
      event: 'PAUSED',
      other_info: { title: 'FIRST_PAUSE' },
    });
    await made.report(at, 'message_template_quality_update', { new_quality_score: 'RED' });
    await made.report(at, 'template_category_update', { previous_category: 'MARKETING', new_category: 'UTILITY' });
    await eventually(async () => (await named('welcome')).category === 'UTILITY');
    expect((await ask('GET', `/v1/templates/${id}`)).body).toMatchObject({
      state: 'paused',
      pause: { reason: 'FIRST_PAUSE', until: '2026-01-15T15:00:00.000Z' },
      quality: 'RED',
    });
    await made.report(at, 'message_template_status_update', {
      event: 'REJECTED',
      reason: 'SCAM',
      rejection_info: { reason: 'Looks like phishing', recommendation: 'Say who you are' },
    });
    await eventually(async () => (await stateOf(id)) === 'rejected');
    expect((await named('welcome')).rejection).toEqual({
      reason: 'Looks like phishing',
      recommendation: 'Say who you are',
    });
  });

  it('is discovered when a webhook tells of one made elsewhere', async () => {
    const { id } = await made.sim('/v25.0/2000000000000001/message_templates', 'POST', {
      ...{ name: 'elsewhere', language: 'en_US', category: 'UTILITY' },
      components: [{ type: 'BODY', text: 'Your appointment is confirmed for tomorrow.' }],
    });
    await made.report({ id: String(id), name: 'elsewhere' }, 'message_template_status_update', { event: 'APPROVED' });
    await eventually(async () => (await named('elsewhere'))?.metaTemplateId === String(id));
  });

  it('stays as it is when a sync finds nothing new, and ends when Meta has it no more', async () => {
    expect((await ask('POST', '/v1/templates/sync', {})).status).toBe(200);
    // The simulator's own review may still be under way.
    await eventually(async () => {
      const { body } = await ask('POST', '/v1/templates/sync', { businessAccountId: accountId });
      return body.data[0].seen === 5 && body.data[0].changed === 0;
    });
    await made.sim('/v25.0/2000000000000001/message_templates?name=elsewhere', 'DELETE');
    await ask('POST', '/v1/templates/sync');
    await eventually(async () => (await named('elsewhere')) === undefined);
    const { data } = (await ask('GET', '/v1/templates?state=deleted')).body;
    expect(data.map(({ name }: { name: string }) => name)).toEqual(['elsewhere']);
  });

  it('ends when it is deleted here, at Meta too', async () => {
    const { id, metaTemplateId } = await named('login_code');
    expect((await ask('DELETE', `/v1/templates/${id}`)).status).toBe(204);
    expect(await stateOf(id)).toBe('deleted');
    const shown = await made.sim(`/v25.0/${metaTemplateId}?fields=id,status`);
    expect(JSON.stringify(shown)).toMatch(/error|DELETED/);
  });
});

describe('the routes of templates', () => {
  let made: SetUp;
  beforeAll(async () => {
    made = await setUp(startSimulator);
    await made.connect();
    await eventually(async () => (await made.service.ask('GET', '/v1/templates')).body.data.length === 3);
  });
  afterAll(() => made.close());
  const ask: SetUp['service']['ask'] = (...args) => made.service.ask(...args);

  it('answer 400 to a body of another form, with the path', async () => {
    const { status, body } = await ask(
      'POST',
      '/v1/templates',
      draft({ components: [{ type: 'BODY', text: 7 }], x: 1 }),
    );
    expect(status).toBe(400);
    expect(body.errors[0].path).toBe('x');
    const shape = await ask('POST', '/v1/templates', draft({ components: [{ type: 'BODY', text: 7 }] }));
    expect(shape.body.errors[0].path).toBe('components[0].text');
  });

  it('answer 400 where there is no such account, once that is sure', async () => {
    const { status, body } = await ask(
      'POST',
      '/v1/templates',
      draft({ businessAccountId: '0198b7a0-0000-7000-8000-000000000009' }),
    );
    expect(status).toBe(400);
    expect(body.errors[0].path).toBe('businessAccountId');
  });

  it('answer 404 where there is no such template', async () => {
    for (const id of ['0198b7a0-0000-7000-8000-000000000009', 'nonsense']) {
      expect((await ask('GET', `/v1/templates/${id}`)).status).toBe(404);
      expect((await ask('POST', `/v1/templates/${id}/submit`)).status).toBe(404);
    }
  });

  it('answer 422 to a submission while a finding of severity error stands', async () => {
    const bad = draft({
      name: 'bad',
      components: [{ type: 'BODY', text: '{{1}} is ready', example: { body_text: [['x']] } }],
    });
    const drafted = await ask('POST', '/v1/templates', bad);
    expect(drafted.status).toBe(201);
    expect(drafted.body.findings.length).toBeGreaterThan(0);
    const { status, body } = await ask('POST', `/v1/templates/${drafted.body.id}/submit`);
    expect(status).toBe(422);
    expect(body.code).toBe('template-has-errors');
    expect(body.findings[0]).toMatchObject({ severity: 'error', path: expect.any(String) });
    const patched = await ask('PATCH', `/v1/templates/${drafted.body.id}`, { components: draft().components });
    expect(patched.body.findings).toEqual([]);
    expect((await ask('POST', `/v1/templates/${drafted.body.id}/submit`)).status).toBe(202);
    expect((await ask('POST', `/v1/templates/${drafted.body.id}/submit`)).status).toBe(409);
  });

  it('preview what a person would see, and name a missing value', async () => {
    const { id } = (await ask('GET', '/v1/templates?name=order_update')).body.data[0];
    const shown = await ask('POST', `/v1/templates/${id}/preview`, { variables: ['Ann', 'A-17'] });
    expect(shown.body.rendered.body).toBe('Hello Ann, your order A-17 is on its way and will arrive soon.');
    const missing = await ask('POST', `/v1/templates/${id}/preview`, { variables: ['Ann'] });
    expect(missing.status).toBe(422);
    expect(missing.body).toMatchObject({ code: 'parameters-mismatch' });
    expect(missing.body.errors[0].path).toContain('variables');
  });

  it('page through the list', async () => {
    const first = await ask('GET', '/v1/templates?limit=2');
    expect(first.body.data).toHaveLength(2);
    const second = await ask('GET', `/v1/templates?limit=2&after=${first.body.next}`);
    expect(second.body.data.length).toBeGreaterThan(0);
    expect(second.body.data[0].id).not.toBe(first.body.data[1].id);
    expect((await ask('GET', '/v1/templates?after=nonsense')).status).toBe(400);
  });

  it('hold tables that are what the migrations make', async () => {
    const changes = await made.service.host.database.driver.createSchemaBuilder().log();
    expect(changes.upQueries.map(({ query }) => query)).toEqual([]);
  });
});
