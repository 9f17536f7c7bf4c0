import { startSimulator } from '@postrider/cloud-api-simulator';
import { eventually } from '@postrider/test-backends';
import { accountId, draft, setUp, type SetUp } from './testing/set-up';

describe('what helps an author of templates', () => {
  let made: SetUp;
  beforeAll(async () => {
    made = await setUp(startSimulator);
    await made.connect();
    await eventually(async () => expect((await ask('GET', '/v1/templates')).body.data).toHaveLength(3), {
      withinMs: 5_000,
    });
  });
  afterAll(() => made.close());
  const ask: SetUp['service']['ask'] = (...args) => made.service.ask(...args);
  const idOf = async (name: string): Promise<string> =>
    (await ask('GET', `/v1/templates?name=${name}`)).body.data[0].id;
  const named = {
    name: 'parcel_named',
    parameterFormat: 'NAMED',
    components: [
      {
        type: 'BODY',
        text: 'Hello {{first_name}}, your parcel {{parcel}} is ready to be picked up.',
        example: {
          body_text_named_params: [
            { param_name: 'first_name', example: 'Ada' },
            { param_name: 'parcel', example: 'P-17' },
          ],
        },
      },
    ],
  };

  describe('the preview over data', () => {
    it('fills Liquid, as a send would', async () => {
      const id = await idOf('order_update');
      const variables = ['{{ name | capitalize }}', '{{ order.id | default: "A-0" }}'];
      const shown = await ask('POST', `/v1/templates/${id}/preview`, { variables, data: { name: 'ann', order: {} } });
      expect(shown.body.rendered.body).toBe('Hello Ann, your order A-0 is on its way and will arrive soon.');
    });

    it('takes the values of a named template by their names, and names the one that is missing', async () => {
      const { id } = (await ask('POST', '/v1/templates', draft(named))).body;
      const data = { first_name: 'Ada', parcel: 'P-1', more: [1] };
      const shown = await ask('POST', `/v1/templates/${id}/preview`, { data });
      expect(shown.body.rendered.body).toBe('Hello Ada, your parcel P-1 is ready to be picked up.');
      const missing = await ask('POST', `/v1/templates/${id}/preview`, { data: { first_name: 'Ada' } });
      expect(missing).toMatchObject({ status: 422, body: { code: 'parameters-mismatch' } });
      expect(missing.body.errors).toEqual([
        { path: 'variables.parcel', message: 'asks for "parcel", which the data does not have' },
      ]);
    });

    it('refuses Liquid that cannot be read, and positions that nothing fills', async () => {
      const id = await idOf('order_update');
      for (const body of [{ variables: ['{% include "x" %}', 'y'], data: {} }, { data: { name: 'Ann' } }]) {
        const { status, body: problem } = await ask('POST', `/v1/templates/${id}/preview`, body);
        expect([status, problem.errors[0].path]).toEqual([400, expect.stringMatching(/^variables/)]);
      }
    });
  });

  it('drafts the same words in another language, and shows all languages as one template', async () => {
    const id = await idOf('order_update');
    const copy = await ask('POST', `/v1/templates/${id}/duplicate`, { language: 'es_ES' });
    expect(copy).toMatchObject({ status: 201, body: { name: 'order_update', language: 'es_ES', state: 'draft' } });
    expect((await ask('POST', `/v1/templates/${id}/duplicate`, { language: 'es_ES' })).status).toBe(409);
    expect((await ask('POST', `/v1/templates/${id}/duplicate`, {})).status).toBe(400);
    const { data } = (await ask('GET', '/v1/templates?groupBy=name&name=order_update')).body;
    expect(data).toEqual([
      {
        businessAccountId: accountId,
        name: 'order_update',
        locales: [
          expect.objectContaining({ language: 'en_US', state: 'approved', category: 'UTILITY' }),
          expect.objectContaining({ language: 'es_ES', state: 'draft', id: copy.body.id }),
        ],
      },
    ]);
    const first = (await ask('GET', '/v1/templates?groupBy=name&limit=1')).body;
    const second = (await ask('GET', `/v1/templates?groupBy=name&limit=1&after=${first.next}`)).body;
    expect(second.data[0].name).not.toBe(first.data[0].name);
  });

  describe('a sample', () => {
    const upload = (type: string, body: string, account = accountId) =>
      ask('POST', `/v1/templates/samples?businessAccountId=${account}&filename=a.png`, body, { 'content-type': type });

    it("is handed to Meta, whose handle goes into the template's example", async () => {
      const { status, body } = await upload('image/png', 'not really a picture');
      expect([status, body.handle]).toEqual([201, expect.stringMatching(/^4::/)]);
      const picture = { type: 'HEADER', format: 'IMAGE', example: { header_handle: [body.handle] } };
      const components = [picture, ...draft().components];
      const drafted = await ask('POST', '/v1/templates', draft({ name: 'with_picture', components }));
      expect(drafted.body.findings).toEqual([]);
      expect((await ask('POST', `/v1/templates/${drafted.body.id}/submit`)).status).toBe(202);
    });

    it('of a kind that Meta does not take, for no account, or empty, is refused', async () => {
      expect((await upload('text/csv', 'a,b')).status).toBe(415);
      expect((await upload('image/png', 'x', '0198b7a0-0000-7000-8000-000000000009')).status).toBe(400);
      expect((await upload('image/png', '')).status).toBe(400);
    });
  });

  it("are Meta's own counts, once insights are allowed", async () => {
    // Meta looks back ninety days by its own clock.
    made.service.clock.set(new Date());
    const id = await idOf('order_update');
    const before = await ask('GET', `/v1/templates/${id}/analytics`);
    expect(before).toMatchObject({ status: 422, body: { code: 'refused-by-meta', metaCode: 200007 } });
    expect((await ask('POST', '/v1/templates/insights', { businessAccountId: accountId })).status).toBe(200);
    const { status, body } = await ask('GET', `/v1/templates/${id}/analytics?days=7`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ source: 'meta', data: expect.any(Array) });
  });
});
