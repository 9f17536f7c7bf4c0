import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { eventually, gigabyteKb, residentKb, testPostgres } from '@postrider/test-backends';
import { Agent, request } from 'undici';

const root = join(__dirname, '../..');
const overloadMs = 60_000;
const usual = 20;
const tenfold = 10 * usual;

let made = 0;
/** A message of so many characters, as Meta words and signs it. */
function signed(characters: number): { body: string; signature: string } {
  const from = String(15_550_000_000 + (made % 5_000));
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const text = { body: 'x'.repeat(characters) };
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550100001', phone_number_id: '3000000000000001' },
    messages: [{ from, id: `wamid.overload.${made++}`, timestamp, type: 'text', text }],
  };
  const entry = [{ id: '2000000000000001', changes: [{ field: 'messages', value }] }];
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
  return { body, signature: `sha256=${createHmac('sha256', 'simulator-app-secret').update(body).digest('hex')}` };
}

describe('ten times what webhooks can take, for a minute', () => {
  let child: ChildProcess;
  let url: string;
  const agent = new Agent({ connections: tenfold });
  beforeAll(async () => {
    child = spawn(process.execPath, ['-r', './tools/register.cjs', 'apps/webhooks/src/testing/serve-webhooks.ts'], {
      cwd: root,
      env: {
        ...process.env,
        DATABASE_URL: await (await testPostgres()).newDatabase('overload'),
        POSTRIDER_MASTER_KEY: randomBytes(32).toString('base64'),
        POSTRIDER_API_KEY: randomBytes(24).toString('hex'),
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    url = await new Promise<string>((resolve, reject) => {
      child.stdout!.once('data', (line: Buffer) => resolve(line.toString().trim()));
      child.once('exit', (code) => reject(new Error(`webhooks ended with ${code}`)));
    });
  });
  afterAll(async () => {
    child?.kill('SIGKILL');
    await agent.close();
  });

  /** The status, or undefined where the connection broke. */
  async function post(characters: number): Promise<number | undefined> {
    const { body, signature } = signed(characters);
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature };
    try {
      const answer = await request(`${url}/webhooks/meta`, { method: 'POST', body, headers, dispatcher: agent });
      await answer.body.dump();
      return answer.statusCode;
    } catch {
      return undefined;
    }
  }

  it('is answered 503 within a gigabyte, and all is taken again within ten seconds after', async () => {
    const statuses = new Map<number | undefined, number>();
    let peakKb = 0;
    const until = performance.now() + overloadMs;
    await Promise.all(
      Array.from({ length: tenfold }, async (_, caller) => {
        while (performance.now() < until) {
          // Large batches fill the room for bodies, small ones the room for deliveries.
          const status = await post(caller % 4 === 0 ? 200 : 1_000_000);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          peakKb = Math.max(peakKb, residentKb(child.pid));
        }
      }),
    );
    expect(peakKb).toBeLessThan(gigabyteKb);
    expect(statuses.get(503)).toBeGreaterThan(0);
    expect(statuses.get(200)).toBeGreaterThan(0);
    expect([...statuses.keys()].filter((status) => ![200, 503, undefined].includes(status))).toEqual([]);
    await eventually(
      async () => {
        const answers = await Promise.all(Array.from({ length: usual * 5 }, () => post(200)));
        expect(new Set(answers)).toEqual(new Set([200]));
      },
      { withinMs: 10_000 },
    );
  });
});
