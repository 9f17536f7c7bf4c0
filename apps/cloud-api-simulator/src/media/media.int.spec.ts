import { eventually, ids, startRig, type Rig } from '../testing/rig';

describe('media', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
  });
  afterEach(() => rig.close());

  const auth = { authorization: 'Bearer simulator-token' };
  const upload = async (bytes: Buffer, type: string): Promise<{ status: number; id: string; code: number }> => {
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('file', new Blob([bytes], { type }), 'file');
    const response = await fetch(`${rig.url}/v24.0/${ids.phone}/media`, { method: 'POST', headers: auth, body: form });
    const body = (await response.json()) as { id?: string; error?: { code: number } };
    return { status: response.status, id: body.id ?? '', code: body.error?.code ?? 0 };
  };

  it('is uploaded, described, fetched with the token in two hops, sent and deleted', async () => {
    const bytes = Buffer.from('not really a picture');
    const { id } = await upload(bytes, 'image/png');
    const described = (await rig.graph('GET', `/${id}?phone_number_id=${ids.phone}`)).body;
    expect(described).toMatchObject({
      messaging_product: 'whatsapp',
      id,
      mime_type: 'image/png',
      file_size: bytes.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await fetch(String(described.url))).status).toBe(401);
    const fetched = await fetch(String(described.url), { headers: auth });
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(bytes);
    expect(fetched.headers.get('content-type')).toBe('image/png');
    expect((await rig.send({ to: '+4915112345601', type: 'image', image: { id, caption: 'Look' } })).status).toBe(200);
    expect((await rig.send({ to: '+4915112345601', type: 'video', video: { id } })).error.code).toBe(131009);
    expect((await rig.graph('DELETE', `/${id}`)).body).toEqual({ success: true });
    expect((await rig.graph('GET', `/${id}`)).error.error_subcode).toBe(33);
  });

  it('gives addresses that last five minutes, for files that last thirty days', async () => {
    const { id } = await upload(Buffer.from('x'), 'application/pdf');
    const url = async (): Promise<string> => String((await rig.graph('GET', `/${id}`)).body.url);
    const old = await url();
    await rig.pass(301_000);
    expect((await fetch(old, { headers: auth })).status).toBe(404);
    expect((await fetch(await url(), { headers: auth })).status).toBe(200);
    await rig.pass(30 * 86_400_000);
    expect((await rig.graph('GET', `/${id}`)).error.code).toBe(100);
  });

  it('refuses types that are not supported and files that are too large', async () => {
    expect((await upload(Buffer.from('x'), 'application/x-sh')).code).toBe(100);
    expect((await upload(Buffer.alloc(600 * 1024), 'image/webp')).code).toBe(131053);
    expect((await upload(Buffer.alloc(6 * 1024 * 1024), 'image/jpeg')).code).toBe(131053);
  });

  it('takes a file in pieces and gives a handle that a template header can use', async () => {
    const session = await rig.graph('POST', `/${ids.app}/uploads?file_name=a.png&file_length=10&file_type=image/png`);
    const id = String(session.body.id);
    const piece = async (offset: number, text: string): Promise<Record<string, unknown>> => {
      const response = await fetch(`${rig.url}/v24.0/${id}`, {
        method: 'POST',
        headers: { authorization: 'OAuth simulator-token', file_offset: String(offset), 'content-type': 'image/png' },
        body: text,
      });
      return (await response.json()) as Record<string, unknown>;
    };
    expect(await piece(0, '12345')).toEqual({ id, file_offset: 5 });
    expect((await rig.graph('GET', `/${id}`)).body).toEqual({ id, file_offset: 5 });
    expect(await piece(0, '12345')).toHaveProperty('error');
    const { h } = await piece(5, '67890');
    expect(h).toMatch(/^4::/);
    const created = await rig.graph('POST', `/${ids.waba}/message_templates`, {
      name: 'picture',
      language: 'en_US',
      category: 'UTILITY',
      components: [
        { type: 'HEADER', format: 'IMAGE', example: { header_handle: [h] } },
        { type: 'BODY', text: 'Your picture.' },
      ],
    });
    expect(created.status).toBe(200);
    await rig.pass(1_000);
    const send = (components: unknown[]): Promise<{ error: { code: number } }> =>
      rig.send({
        to: '+4915112345601',
        type: 'template',
        template: { name: 'picture', language: { code: 'en_US' }, components },
      });
    expect((await send([])).error.code).toBe(132012);
    expect(
      (await send([{ type: 'header', parameters: [{ type: 'image', image: { link: 'https://a.example/b.png' } }] }]))
        .error.code,
    ).toBe(0);
  });

  it('keeps what a person sends in, for seven days', async () => {
    await rig.subscribe();
    await rig.inbound('+4915112345601', { type: 'image', image: { caption: 'Me' } });
    await eventually(() => expect(rig.receiver.messages()).toHaveLength(1));
    const [message] = rig.receiver.messages() as {
      image: { id: string; url: string; sha256: string; mime_type: string; caption: string };
    }[];
    expect(message?.image).toMatchObject({
      caption: 'Me',
      mime_type: 'image/jpeg',
      sha256: expect.stringMatching(/=$/),
    });
    expect((await fetch(String(message?.image.url), { headers: auth })).status).toBe(200);
    await rig.pass(8 * 86_400_000);
    expect((await rig.graph('GET', `/${message?.image.id}`)).error.code).toBe(100);
  });
});
