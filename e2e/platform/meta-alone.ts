import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { caller, type Call } from './http';

const root = join(__dirname, '../..');

/** The simulator in a process of its own, so that Meta outlives whatever happens to Postrider. */
export interface MetaAlone {
  readonly url: string;
  readonly call: Call;
  /** Replaces all faults. */
  faults(...faults: readonly object[]): Promise<void>;
  settings(settings: Readonly<Record<string, string | number | boolean>>): Promise<void>;
  /** How many messages Meta took for each recipient, by the digits of the number. */
  taken(): Promise<Map<string, number>>;
  stop(): Promise<void>;
}

/** What a failed test left running is ended with its file. */
const started = new Set<ChildProcess>();
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

export async function startMetaAlone(): Promise<MetaAlone> {
  const child = spawn(process.execPath, ['-r', './tools/register.cjs', 'apps/cloud-api-simulator/src/main.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], SIMULATOR_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /simulator\s+(http\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => reject(new Error(`the simulator ended before it was ready:\n${output}`)));
  });
  const call = caller(url);
  const taken = new Map<string, number>();
  let seen = 0;
  /** What was counted is not asked for again; one after the other, so that nothing is counted twice. */
  const countNew = async (): Promise<Map<string, number>> => {
    for (let next: number | null = seen; next !== null;) {
      const { body } = await call('GET', `/_sim/messages?limit=10000&after=${next}`);
      const page = body as unknown as { data: readonly { seq: number; to: string }[]; next: number | null };
      for (const { seq, to } of page.data) {
        const digits = to.replace(/\D/g, '');
        taken.set(digits, (taken.get(digits) ?? 0) + 1);
        seen = seq;
      }
      next = page.next;
    }
    return new Map(taken);
  };
  let counting = Promise.resolve(new Map<string, number>());
  return {
    url,
    call,
    async faults(...faults) {
      await call('DELETE', '/_sim/faults');
      for (const fault of faults) {
        const { status, body } = await call('POST', '/_sim/faults', fault);
        if (status !== 200) throw new Error(`the simulator does not know this fault: ${JSON.stringify(body)}`);
      }
    },
    async settings(settings) {
      const { status, body } = await call('POST', '/_sim/settings', settings);
      if (status !== 200) throw new Error(`the simulator does not know these settings: ${JSON.stringify(body)}`);
    },
    taken: () => (counting = counting.catch(() => undefined).then(countNew)),
    async stop() {
      child.kill('SIGINT');
      await ended;
    },
  };
}
