import { design, setUp, type SetUp } from '../testing/set-up';

let world: SetUp;
let id: string;
beforeAll(async () => {
  world = await setUp();
});
afterAll(() => world.close());
beforeEach(async () => {
  id = (await world.ask('POST', '/v1/campaigns', design())).body.id;
});

const errors = async () => (await world.ask('GET', `/v1/campaigns/${id}/audience/errors`)).body.data;

describe('an audience is taken', () => {
  it.each([
    ['with a byte order mark', '\uFEFFphone,name\n+15552000001,Ada\n'],
    ['with semicolons', 'phone;name\n+15552000001;Ada, the first\n'],
    ['with tabs', 'phone\tname\n+15552000001\tAda\n'],
    ['with CRLF', 'phone,name\r\n+15552000001,Ada\r\n'],
    ['with quotes, separators and line breaks in a cell', 'phone,name\n+15552000001,"Ada, ""the\nfirst"""\n'],
    ['with its column named otherwise', 'Phone,name\n15552000001,Ada\n'],
    ['by user id', 'User ID,name\nUS.1A2B,Ada\n'],
  ])('%s', async (_, csv) => {
    expect(await world.upload(id, csv)).toMatchObject({ status: 200, body: { rows: 1, people: 1, wrong: 0 } });
  });

  it('each person once, the first line standing, however the number is written', async () => {
    const csv = 'phone,name\n+1 555 200 0001,Ada\n15552000001,Bob\n001 (555) 200-0001,Cy\n+15552000002,Dan\n';
    expect((await world.upload(id, csv)).body).toMatchObject({ rows: 4, people: 2, repeated: 2 });
  });

  it('as JSON lines, and lines that are no objects are listed', async () => {
    const lines = ['{"phone":"+15552000001","order":{"id":7}}', 'nonsense', '[1]', '', '{"name":"nobody"}'].join('\n');
    const type = { 'content-type': 'application/x-ndjson' };
    const { body } = await world.ask('POST', `/v1/campaigns/${id}/audience`, lines, type);
    expect(body).toMatchObject({ rows: 4, people: 1, wrong: 3, columns: ['phone', 'order', 'name'] });
    expect(await errors()).toMatchObject([
      { line: 2, code: 'malformed', detail: 'it is not a JSON object' },
      { line: 3, code: 'malformed' },
      { line: 5, code: 'not-addressable' },
    ]);
  });

  it('and the next one takes its place', async () => {
    await world.upload(id, 'phone\n+15552000001\n+15552000002\n');
    await world.upload(id, 'phone\n+15552000003\n');
    const { rows } = await world.service.host.pool.query(
      'select count(*)::int as n from audience_member join audience using (audience_id) where campaign_id = $1',
      [id],
    );
    expect(rows[0].n).toBe(1);
    expect((await world.shown(id)).audience).toMatchObject({ people: 1 });
  });
});

describe('rows that are wrong are listed by line, the others taken', () => {
  it('with the reason', async () => {
    const csv = Buffer.concat([
      Buffer.from(
        'phone,name\n+15552000001,Ada\n12,Bob\n,Cy\n+15552000004,=HYPERLINK("x")\n+15552000005\n+15552000006,',
      ),
      Buffer.from([0xff, 0xfe, 0x41]),
      Buffer.from('\n+15552000007,Eve\n'),
    ]);
    expect((await world.upload(id, csv)).body).toMatchObject({ rows: 7, people: 2, wrong: 5 });
    expect(await errors()).toMatchObject([
      { line: 3, code: 'not-addressable' },
      { line: 4, code: 'not-addressable' },
      { line: 5, code: 'malformed', detail: 'name holds a formula, not a value' },
      { line: 6, code: 'malformed', detail: 'it has 1 cells, the header 2' },
      { line: 7, code: 'malformed', detail: 'name is not UTF-8' },
    ]);
    expect(await world.ask('GET', `/v1/campaigns/${id}/audience`)).toMatchObject({
      body: { state: 'taken', wrong: 5 },
    });
  });
});

describe('an upload is refused as a whole, and leaves the audience as it was,', () => {
  it.each([
    ['when nobody is named', 'name,city\nAda,Paris\n', 'there is no column phone or userId'],
    ['when it is empty', '', 'the body is empty'],
    ['when a column is there twice', 'phone,name,name\n+15552000001,a,b\n', 'the column name is there twice'],
    ['when one field has 10 MB', `phone,name\n+15552000001,${'x'.repeat(10_000_000)}\n`, 'longer than 65536 bytes'],
    ['when a quote is never closed', 'phone,name\n+15552000001,"Ada\n+15552000002,Bob\n', 'Quote'],
  ])('%s', async (_, csv, why) => {
    await world.upload(id, 'phone\n+15552000009\n');
    const { status, body } = await world.upload(id, csv);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'malformed' });
    expect(body.detail).toContain(why);
    expect((await world.shown(id)).audience).toMatchObject({ people: 1 });
  });

  it('when it is of another type, or of no campaign', async () => {
    expect(await world.ask('POST', `/v1/campaigns/${id}/audience`, { phone: '+1' })).toMatchObject({ status: 415 });
    expect(await world.upload('01900000-0000-7000-8000-000000000009', 'phone\n+15552000001\n')).toMatchObject({
      status: 404,
    });
  });
});
