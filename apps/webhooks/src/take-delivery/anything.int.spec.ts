import { connect } from 'node:net';
import { testService, type TestService } from '@postrider/service-host';
import fc from 'fast-check';
import { request } from 'undici';
import { change, delivery, entry, messagesChange, textMessage, wireStatus } from '../testing/deliveries';
import { credentialsOf, signatureOf } from '../testing/signed';
import { webhooks } from '../webhooks.module';

let service: TestService;
beforeAll(async () => {
  service = await testService(webhooks, {
    internal: { allCredentials: () => Promise.resolve([credentialsOf()]) },
    runtime: { listen: { host: '127.0.0.1', port: 0 } },
  });
});
afterAll(() => service.close());

/** Over a socket, as Meta does, with whatever signature. */
async function post(body: Buffer, signature: string): Promise<{ status: number; text: string }> {
  const headers = { 'x-hub-signature-256': signature };
  const answer = await request(`${service.url}/webhooks/meta`, { method: 'POST', body, headers });
  return { status: answer.statusCode, text: await answer.body.text() };
}

const real = Buffer.from(
  JSON.stringify(
    delivery(
      entry([
        messagesChange({ messages: [textMessage()], statuses: [wireStatus()] }),
        change('account_update', { event: 'X' }),
      ]),
    ),
  ),
);
/** A delivery with some of its bytes changed or its end cut off. */
const damaged = fc
  .tuple(fc.array(fc.tuple(fc.nat(real.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), fc.nat(real.length))
  .map(([changes, length]) => {
    const bytes = Buffer.from(real);
    for (const [at, byte] of changes) bytes[at] = byte;
    return bytes.subarray(0, length);
  });
const anyBytes = fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes));
const anyJson = fc.json().map((text) => Buffer.from(text));
const bodies = fc.oneof(damaged, anyBytes, anyJson);

it('any bytes that are signed are taken and kept', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      expect(await post(body, signatureOf(body))).toEqual({ status: 200, text: '' });
    }),
    { numRuns: 150 },
  );
});

it('any bytes under any other signature are 401, and no more is said than that', async () => {
  const signature = fc.oneof(
    fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 100 }),
    fc.stringMatching(/^sha256=[0-9a-f]{64}$/),
  );
  await fc.assert(
    fc.asyncProperty(bodies, signature, async (body, given) => {
      const { status, text } = await post(body, given);
      expect({ status, code: (JSON.parse(text) as { code: string }).code }).toEqual({
        status: 401,
        code: 'unauthenticated',
      });
    }),
    { numRuns: 100 },
  );
});

it('a connection that speaks nonsense or breaks off harms nobody', async () => {
  const head = 'POST /webhooks/meta HTTP/1.1\r\nhost: x\r\n';
  const openings = [
    'nonsense\r\n\r\n',
    `${head}content-length: -1\r\n\r\n`,
    `${head}content-length: 10\r\ntransfer-encoding: chunked\r\n\r\nzz`,
    `${head}transfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n`,
    `${head}transfer-encoding: chunked\r\n\r\n5\r\nab`,
    `${head}content-length: 100\r\n\r\n{"object"`,
    `${head}x-hub-signature-256: sha256=ÿ\r\ncontent-length: 2\r\n\r\n{}`,
    `${head}${'x-many: 1\r\n'.repeat(20_000)}\r\n`,
  ];
  const { hostname, port } = new URL(service.url!);
  const answers = await Promise.all(
    openings.map(
      (opening) =>
        new Promise<string>((resolve) => {
          const socket = connect(Number(port), hostname);
          let answer = '';
          socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
          socket.on('error', () => undefined);
          socket.on('close', () => resolve(answer));
          // Half of them are never finished: this side ends them.
          socket.end(Buffer.from(opening, 'latin1'));
        }),
    ),
  );
  for (const answer of answers) expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d [\s\S]*)?$/);
  expect(await post(real, signatureOf(real))).toEqual({ status: 200, text: '' });
});
