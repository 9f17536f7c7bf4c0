import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@postrider/test-backends';
import { makeDataDir, startPostrider, type Postrider } from '../platform/postrider';

/** The one `curl` that the start prints, run as a newcomer would: by a shell. */
function runPrintedCurl(postrider: Postrider): { id: string; state: string } {
  const curl = /^ *(curl [\s\S]*?[^\\])$/m.exec(postrider.output())?.[1];
  if (curl === undefined) throw new Error(`no curl in:\n${postrider.output()}`);
  return JSON.parse(execFileSync('sh', ['-c', curl.replace(/^curl/, 'curl -sS')], { encoding: 'utf8' }));
}

const messageState = async (postrider: Postrider, id: string) =>
  (await postrider.call('GET', `/v1/messages/${id}`)).body.state;

/** Command lines of processes that still mention the data folder. */
const processesOf = (dataDir: string): string[] =>
  execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(dataDir) && !line.includes('ps -eo'));

describe('a newcomer on a fresh machine', () => {
  let looked: Postrider;
  beforeAll(async () => (looked = await startPostrider()));
  afterAll(() => looked.stop());

  it('starts it, runs the printed curl, sees the message read, stops it, and finds it again at the second start', async () => {
    const first = await startPostrider();
    const { id } = runPrintedCurl(first);
    await eventually(async () => expect(await messageState(first, id)).toBe('read'), { withinMs: 2_000 });
    const { body } = await first.call('GET', `/v1/messages/${id}`);
    expect(body.timeline.map((entry) => entry.type)).toEqual(
      expect.arrayContaining(['MessageRequested', 'SendAttempted', 'MessageAccepted', 'StatusReported']),
    );
    expect(body.statuses.map((entry) => entry.status)).toEqual(expect.arrayContaining(['sent', 'delivered', 'read']));

    expect(first.output()).not.toMatch(/"level":[56]0/);
    expect(await first.stop()).toBe(0);
    expect(processesOf(first.dataDir)).toEqual([]);

    const second = await startPostrider({ again: first });
    expect(second.apiKey).toBe(first.apiKey);
    expect(await messageState(second, id)).toBe('read');
    expect((await second.call('GET', '/v1/channels')).body.data).toHaveLength(2);
    expect(await second.stop()).toBe(0);
  });

  it('loses nothing to a kill -9, and recovers the orphaned database at the next start', async () => {
    const first = await startPostrider();
    const ids = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const to = { phone: `+346001240${String(index).padStart(2, '0')}` };
        const template = { name: 'order_update', language: 'en_US', variables: ['Ana', 'A-1'] };
        return (await first.call('POST', '/v1/messages', { channel: 'demo-transactional', to, template })).body.id;
      }),
    );
    await first.crash();
    const second = await startPostrider({ again: first });
    for (const id of ids)
      await eventually(async () => expect(await messageState(second, id)).toMatch(/^(read|unknown)$/), {
        withinMs: 30_000,
      });
    expect(await second.stop()).toBe(0);
    expect(processesOf(first.dataDir)).toEqual([]);
  });

  it.each([
    ['/health/ready', /"status":"ready"/],
    ['/metrics', /service="dispatch"/],
    ['/docs', /configuration/],
    ['/docs/dispatch/openapi.json', /"openapi":"3/],
    ['/docs/asyncapi.json', /"asyncapi":"3/],
    ['/v1/streams', /"lag"/],
    ['/v1/alarms', /"data"/],
  ])('finds %s at the one address', async (path, what) => {
    const { status, body } = await looked.call('GET', path);
    expect({ status, found: what.test(JSON.stringify(body).replaceAll('\\"', '"')) }).toEqual({
      status: 200,
      found: true,
    });
  });

  it('keeps the keys it made to their owner', async () => {
    const postrider = await startPostrider({ dataDir: makeDataDir() });
    expect(readFileSync(join(postrider.dataDir, 'api-key'), 'utf8').trim()).toBe(postrider.apiKey);
    expect(await postrider.stop()).toBe(0);
  });
});
