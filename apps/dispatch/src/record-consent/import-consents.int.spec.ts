import { testApiKey } from '@postrider/service-host';
import { eventually } from '@postrider/test-backends';
import { Readable } from 'node:stream';
import { startDispatch, type Started } from '../testing/set-up';

let started: Started;
beforeAll(async () => {
  started = await startDispatch();
});
afterAll(() => started.service.close());

async function upload(payload: string | Buffer | Readable, query = '') {
  const { statusCode, body } = await started.service.fastify.inject({
    method: 'POST',
    url: `/v1/consents${query}`,
    headers: { authorization: `Bearer ${testApiKey}`, 'content-type': 'text/csv; charset=utf-8' },
    payload,
  });
  return { status: statusCode, body: JSON.parse(body) };
}
/** A machine that does much else takes its time over thousands of people. */
const slow = { withinMs: 60_000 };
const get = async (path: string) => (await started.service.ask('GET', `/v1/consents/imports${path}`)).body;

async function marketingTo(phone: string): Promise<string> {
  const template = { name: 'welcome', language: 'en_US', variables: ['Ada'] };
  const message = { channel: 'demo-marketing', to: { phone }, template };
  const { body } = await started.service.ask('POST', '/v1/messages', message);
  return body.code ?? body.decision.outcome;
}

describe('a file of consents is taken', () => {
  it.each([
    [
      'as spreadsheets write it',
      '\uFEFFPhone;Purpose;State;Source\r\n49 30 555 60001;marketing;granted;"shop; till 7"\r\n',
    ],
    ['with tabs', 'phone\tpurpose\tstate\tsource\n+493055560001\tmarketing\tgranted\tshop\n'],
    ['with its columns and others', 'name,source,phone,state,purpose\n"A\nB",shop,+493055560001,granted,marketing'],
  ])('%s', async (_, csv) => {
    const { status, body } = await upload(csv);
    expect([status, body]).toEqual([200, expect.objectContaining({ rows: 1, accepted: 1, rejected: [] })]);
    expect(await marketingTo('+493055560001')).toBe('send');
    started.clock.advance(1_000);
    await upload('phone\n+493055560001\n', '?purpose=marketing&state=revoked&source=undo');
    expect(await marketingTo('+493055560001')).toBe('no-consent');
    started.clock.advance(1_000);
  });

  it('and the lines that cannot be taken are listed, by line, the others standing', async () => {
    const good = '+493055560010,granted\n';
    const csv = Buffer.concat([
      Buffer.from(`phone,state\n${good}12,granted\n+493055560011,perhaps\n"+493055560012",granted,x\n+4930555`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(',granted\n+493055560013,revoked\n'),
    ]);
    const { status, body } = await upload(csv, '?purpose=marketing&source=shop');
    expect([status, body.rows, body.accepted, body.rejectedTotal]).toEqual([200, 6, 2, 4]);
    expect(body.rejected).toMatchObject([
      { index: 1, line: 3, code: 'not-addressable' },
      { index: 2, line: 4, code: 'malformed', detail: expect.stringContaining('state') },
      { index: 3, line: 5, code: 'malformed', detail: 'it has 3 cells, the header 2' },
      { index: 4, line: 6, code: 'malformed', detail: 'phone is not UTF-8' },
    ]);
    expect(await get(`/${body.id}`)).toMatchObject({ state: 'done', rows: 6, accepted: 2, rejected: 4 });
    expect((await get(`/${body.id}/errors?limit=3`)).data.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5]);
    expect(JSON.stringify(await get(`/${body.id}/errors`))).not.toContain('4930');
  });

  it('once, however often it is sent, where its lines say when', async () => {
    const csv = 'phone,at\n+493055560020,2026-03-01\n+493055560020,2026-03-01\n';
    for (const time of [1, 2]) {
      expect([time, (await upload(csv, '?purpose=marketing&state=granted&source=shop')).body.accepted]).toEqual([
        time,
        2,
      ]);
    }
    const contact = await started.service.ask('PUT', '/v1/contacts', { phone: '+493055560020' });
    expect(contact.body.consents).toMatchObject([{ history: [{ saidAt: '2026-03-01T00:00:00.000Z' }] }]);
  });

  it('as it comes, however long it is, and shows how far it is meanwhile', async () => {
    let go!: () => void;
    const rest = new Promise<void>((resolve) => (go = resolve));
    async function* lines() {
      yield 'phone\n';
      for (let n = 0; n < 2_500; n++) yield `+4930556${10_000 + n}\n`;
      await rest;
      yield '+493055699999\n';
    }
    const uploading = upload(Readable.from(lines()), '?purpose=marketing&state=granted&source=shop');
    await eventually(async () => {
      expect((await get('?limit=1')).data[0]).toMatchObject({
        state: 'running',
        rows: 2_000,
        accepted: 2_000,
        endedAt: null,
      });
    }, slow);
    go();
    expect((await uploading).body).toMatchObject({ rows: 2_501, accepted: 2_501 });
    expect(await marketingTo('+493055612000')).toBe('send');
  });
});

describe('a file is refused as a whole', () => {
  it.each([
    ['where nobody is named', 'name,state\nAda,granted\n', 'there is no column phone or userId'],
    ['where it is open how it is known', 'phone,purpose,state\n+493055560001,marketing,granted\n', 'no column source'],
    ['where it is empty', '', 'the body is empty'],
    [
      'where its header is not UTF-8',
      Buffer.from('t\u00e9l\u00e9phone,state', 'latin1'),
      'the header line is not UTF-8',
    ],
  ])('%s', async (_, csv, why) => {
    const { status, body } = await upload(csv);
    expect([status, body.code]).toEqual([400, 'malformed']);
    expect(body.detail).toContain(why);
    expect((await get('?limit=1')).data[0]).toMatchObject({ state: 'failed', rows: 0 });
  });

  it('where the query says what nobody knows, before anything is taken', async () => {
    expect((await upload('phone\n+493055560001\n', '?purpose=pleasure')).body.errors).toMatchObject([
      { path: 'purpose' },
    ]);
  });
});

it('an import of nobody is not found', async () => {
  const { status } = await started.service.ask('GET', '/v1/consents/imports/01900000-0000-7000-8000-000000000009');
  expect(status).toBe(404);
});
