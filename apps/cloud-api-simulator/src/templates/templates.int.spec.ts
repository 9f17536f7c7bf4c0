import { eventually, ids, startRig, type Answer, type Rig } from '../testing/rig';

describe('templates', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
    await rig.subscribe();
  });
  afterEach(() => rig.close());

  const body = { type: 'BODY', text: 'Hello {{1}}, your table is booked.', example: { body_text: [['Ada']] } };
  const create = (more: Record<string, unknown> = {}): Promise<Answer> =>
    rig.graph('POST', `/${ids.waba}/message_templates`, {
      name: 'booking',
      language: 'en_US',
      category: 'UTILITY',
      components: [body],
      ...more,
    });
  const said = (field: string): Record<string, unknown>[] =>
    rig.receiver
      .changes()
      .filter((change) => change.field === field)
      .map((change) => change.value);

  it('files a template as PENDING, approves it shortly after and says so with the id as an integer beyond 2^53', async () => {
    const created = await create();
    expect(created.body).toMatchObject({
      id: expect.stringMatching(/^\d{17,}$/),
      status: 'PENDING',
      category: 'UTILITY',
    });
    await eventually(() =>
      expect(said('message_template_status_update')).toMatchObject([
        { event: 'APPROVED', message_template_name: 'booking', message_template_language: 'en_US', reason: 'NONE' },
      ]),
    );
    expect(rig.receiver.posts[0]?.body).toContain(`"message_template_id":${String(created.body.id)},`);
    expect(rig.receiver.changes()[0]?.time).toEqual(expect.any(Number));
    expect(
      (await rig.graph('GET', `/${String(created.body.id)}?fields=status,quality_score,components`)).body,
    ).toMatchObject({ status: 'APPROVED', components: [body] });
    expect((await rig.sendTemplate('+4915112345601', 'booking', ['Ada'])).status).toBe(200);
  });

  it('cannot be sent while it is pending', async () => {
    await rig.control('POST', '/settings', { review: 'manual' });
    const id = String((await create()).body.id);
    expect((await rig.sendTemplate('+4915112345601', 'booking', ['Ada'])).error.code).toBe(132001);
    await rig.control('POST', `/templates/${id}`, { event: 'REJECTED', reason: 'PROMOTIONAL' });
    await eventually(() =>
      expect(said('message_template_status_update')).toMatchObject([{ event: 'REJECTED', reason: 'PROMOTIONAL' }]),
    );
    expect((await rig.graph('GET', `/${id}?fields=status,rejected_reason`)).body).toMatchObject({
      status: 'REJECTED',
      rejected_reason: 'PROMOTIONAL',
    });
  });

  it('rejects in review what stands side by side, with the reason', async () => {
    await create({
      components: [
        {
          type: 'BODY',
          text: 'Dear {{1}} {{2}}, all your many things are ready now.',
          example: { body_text: [['a', 'b']] },
        },
      ],
    });
    await eventually(() =>
      expect(said('message_template_status_update')).toMatchObject([
        { event: 'REJECTED', reason: 'INVALID_FORMAT', rejection_info: expect.any(Object) },
      ]),
    );
  });

  it('files utility that reads like advertising under marketing', async () => {
    const answer = await create({ components: [{ type: 'BODY', text: 'Your order comes with 20% off today.' }] });
    expect(answer.body.category).toBe('MARKETING');
  });

  it.each<[string, Record<string, unknown>, number | undefined]>([
    ['a name with capitals', { name: 'Booking' }, 2388023],
    ['a variable at the start', { components: [{ ...body, text: '{{1}} is your table number.' }] }, 2388299],
    ['a variable at the end', { components: [{ ...body, text: 'Your table is {{1}}' }] }, 2388299],
    [
      'too many variables',
      {
        components: [
          { type: 'BODY', text: 'a {{1}} b {{2}} {{3}} {{4}} c', example: { body_text: [['1', '2', '3', '4']] } },
        ],
      },
      2388293,
    ],
    ['a gap in the numbers', { components: [{ ...body, text: 'Hello {{2}}, your table is booked.' }] }, 2388072],
    ['no example', { components: [{ type: 'BODY', text: body.text }] }, 2388043],
    ['a body over 1024 characters', { components: [{ type: 'BODY', text: 'x'.repeat(1025) }] }, 2388040],
    ['no body', { components: [{ type: 'FOOTER', text: 'Bye' }] }, 2388072],
    ['a footer with a variable', { components: [body, { type: 'FOOTER', text: 'Bye {{1}}' }] }, 2388073],
    [
      'a header over 60 characters',
      { components: [{ type: 'HEADER', format: 'TEXT', text: 'x'.repeat(61) }, body] },
      2388040,
    ],
    ['a media header without a handle', { components: [{ type: 'HEADER', format: 'IMAGE' }, body] }, 2388273],
    [
      'three URL buttons',
      {
        components: [
          body,
          {
            type: 'BUTTONS',
            buttons: [1, 2, 3].map((n) => ({ type: 'URL', text: `b${n}`, url: 'https://a.example' })),
          },
        ],
      },
      2388060,
    ],
    [
      'mixed groups of buttons',
      {
        components: [
          body,
          {
            type: 'BUTTONS',
            buttons: ['QUICK_REPLY', 'URL', 'QUICK_REPLY'].map((type, n) => ({
              type,
              text: `b${n}`,
              url: 'https://a.example',
            })),
          },
        ],
      },
      2388060,
    ],
    ['an unknown category', { category: 'SPAM' }, undefined],
    ['an unknown component', { components: [body, { type: 'SIDEBAR' }] }, undefined],
    ['a marketing time to live for utility', { message_send_ttl_seconds: 50_000 }, undefined],
  ])('refuses %s', async (_what, more, subcode) => {
    expect(await create(more)).toMatchObject({
      status: 400,
      error: {
        code: 100,
        ...(subcode !== undefined && { error_subcode: subcode, error_user_title: expect.any(String) }),
      },
    });
  });

  it('refuses a second one of the same name and language, and a name that was just deleted', async () => {
    await create();
    expect((await create()).error.error_subcode).toBe(2388024);
    expect((await create({ language: 'de' })).status).toBe(200);
    await rig.pass(1_000);
    expect((await rig.graph('DELETE', `/${ids.waba}/message_templates?name=booking`)).body).toEqual({ success: true });
    expect((await create()).error.error_subcode).toBe(2388023);
    await rig.pass(31 * 86_400_000);
    expect((await create()).status).toBe(200);
  });

  it('lists with filters and pages by cursor, and refuses a broken cursor', async () => {
    for (const language of ['de', 'fr', 'es']) await create({ language });
    const first = (await rig.graph('GET', `/${ids.waba}/message_templates?name=booking&limit=2&fields=name,language`))
      .body as { data: { language: string }[]; paging: { cursors: { after: string }; next?: string } };
    expect(first.data.map((one) => one.language)).toEqual(['de', 'fr']);
    const rest = await fetch(String(first.paging.next), { headers: { authorization: 'Bearer simulator-token' } });
    expect(await rest.json()).toMatchObject({ data: [{ language: 'es' }] });
    expect((await rig.graph('GET', `/${ids.waba}/message_templates?after=bm9uc2Vuc2U=`)).error.code).toBe(131059);
    expect((await rig.graph('GET', `/${ids.waba}/message_templates?category=AUTHENTICATION`)).body.data).toHaveLength(
      1,
    );
  });

  it('reviews an edit again, once a day for an approved one', async () => {
    const edit = (): Promise<Answer> =>
      rig.graph('POST', '/4000000000000002', { components: [{ type: 'BODY', text: 'Your order is on its way.' }] });
    expect((await edit()).body).toEqual({ success: true });
    await eventually(() =>
      expect(said('message_template_components_update')).toMatchObject([
        { message_template_element: 'Your order is on its way.' },
      ]),
    );
    await rig.pass(1_000);
    expect((await edit()).error.error_subcode).toBe(2388003);
    await rig.pass(86_400_000);
    expect((await edit()).status).toBe(200);
  });

  it('announces another category a day ahead, then changes it', async () => {
    await rig.control('POST', '/templates/order_update', { event: 'CATEGORY_ANNOUNCED', category: 'MARKETING' });
    await eventually(() =>
      expect(said('template_category_update')).toMatchObject([
        { new_category: 'UTILITY', correct_category: 'MARKETING', category_update_timestamp: expect.any(Number) },
      ]),
    );
    await rig.pass(86_400_000 + 1_000);
    await eventually(() =>
      expect(said('template_category_update')[1]).toMatchObject({
        previous_category: 'UTILITY',
        new_category: 'MARKETING',
      }),
    );
  });

  it('pauses a template that turns RED and says both', async () => {
    await rig.control('POST', '/templates/order_update', { quality: 'RED' });
    await eventually(() =>
      expect(said('message_template_quality_update')).toMatchObject([
        { previous_quality_score: 'GREEN', new_quality_score: 'RED' },
      ]),
    );
    await eventually(() =>
      expect(said('message_template_status_update')).toMatchObject([
        { event: 'PAUSED', other_info: { title: 'FIRST_PAUSE' } },
      ]),
    );
    const id = '4000000000000002';
    expect((await rig.graph('GET', `/${id}?fields=health_status`)).body.health_status).toMatchObject({
      can_send_message: 'BLOCKED',
    });
    expect((await rig.graph('POST', `/${id}/unpause`)).body).toEqual({ success: true });
    expect((await rig.sendTemplate('+4915112345601')).status).toBe(200);
  });

  it('creates at most a hundred an hour', async () => {
    for (let n = 0; n < 100; n += 1) await create({ name: `t${n}` });
    expect((await create({ name: 'one_more' })).error.code).toBe(80007);
  });

  it('makes authentication templates in several languages at once, and shows the code button as a URL', async () => {
    const answer = await rig.graph('POST', `/${ids.waba}/upsert_message_templates`, {
      name: 'code',
      languages: ['de', 'fr'],
      category: 'AUTHENTICATION',
      components: [{ type: 'BODY' }, { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] }],
    });
    expect(answer.body.data).toMatchObject([
      { language: 'de', status: 'PENDING' },
      { language: 'fr', status: 'PENDING' },
    ]);
    const [first] = answer.body.data as { id: string }[];
    expect((await rig.graph('GET', `/${first?.id}`)).body.components).toMatchObject([
      { text: '*{{1}}* is your verification code.' },
      { buttons: [{ type: 'URL' }] },
    ]);
  });

  it('checks named parameters by their names', async () => {
    await create({
      parameter_format: 'named',
      components: [
        {
          type: 'BODY',
          text: 'Hello {{first_name}}, your table is booked.',
          example: { body_text_named_params: [{ param_name: 'first_name', example: 'Ada' }] },
        },
      ],
    });
    await rig.pass(1_000);
    const send = (parameter: Record<string, unknown>): Promise<Answer> =>
      rig.send({
        to: '+4915112345601',
        type: 'template',
        template: {
          name: 'booking',
          language: { code: 'en_US' },
          components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ada', ...parameter }] }],
        },
      });
    expect((await send({})).error.code).toBe(100);
    expect((await send({ parameter_name: 'name' })).error.code).toBe(132012);
    expect((await send({ parameter_name: 'first_name' })).status).toBe(200);
  });
});
