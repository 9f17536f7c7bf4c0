import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@postrider/test-backends';
import { caller, type Call } from './http';
import { sampleTotals } from './sampled-totals';

const root = join(__dirname, '../..');

/** A running `npm start`: a real process on real parts, with a data folder of its own. */
export interface Postrider {
  readonly url: string;
  readonly simulatorUrl: string;
  readonly dataDir: string;
  readonly apiKey: string;
  readonly process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** As a platform service, with the API key. */
  readonly call: Call;
  /** The simulator's control surface and the Cloud API, without a key. */
  readonly meta: Call;
  /** Ctrl-C, which under npm reaches the process twice: from the terminal and from npm. Answers with the exit code. */
  stop(): Promise<number | null>;
  /** `kill -9` of the process alone, as a crash would. */
  crash(): Promise<void>;
}

export interface StartOptions {
  dataDir?: string;
  /** As the start before, at the same addresses: Meta does not move while we are away. */
  again?: Postrider;
  env?: Record<string, string>;
}

/** A data folder that goes with the test's file. */
export function makeDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'postrider-story-'));
  made.push(dataDir);
  return dataDir;
}

/** What a failed test left running is ended with its file. */
const started = new Set<ChildProcess>();
const made: string[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  for (const dataDir of made) {
    const database = join(dataDir, 'postgres');
    // As root it may be a link to a folder elsewhere. A server that outlived its process ends when it misses its folder.
    const folders = [...(existsSync(database) ? [realpathSync(database)] : []), dataDir];
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
});

/** Starts it and waits until it says that it is ready; throws what it printed when it ends before. */
export async function startPostrider({ again, env = {}, ...options }: StartOptions = {}): Promise<Postrider> {
  const dataDir = options.dataDir ?? again?.dataDir ?? makeDataDir();
  const [port, simulatorPort] = again
    ? [new URL(again.url).port, new URL(again.simulatorUrl).port]
    : ((await freePorts(2)) as [number, number]);
  const child = launch({ PORT: `${port}`, SIMULATOR_PORT: `${simulatorPort}`, POSTRIDER_DATA: dataDir, ...env });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      if (/^Ready/m.test(output)) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    void ended.then((code) => reject(new Error(`ended with exit code ${code} before it was ready:\n${output}`)));
  });
  const apiKey = /API key\s+(\S+)/.exec(output)?.[1] ?? '';
  const url = `http://127.0.0.1:${env['PORT'] ?? port}`;
  const simulatorUrl = `http://127.0.0.1:${env['SIMULATOR_PORT'] ?? simulatorPort}`;
  const call = caller(url, { authorization: `Bearer ${apiKey}` });
  sampleTotals(call, ended);
  return {
    url,
    simulatorUrl,
    dataDir,
    apiKey,
    process: child,
    output: () => output,
    call,
    meta: caller(simulatorUrl),
    stop() {
      child.kill('SIGINT');
      setTimeout(() => child.kill('SIGINT'), 50);
      return ended;
    },
    async crash() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** What a start that cannot succeed prints, and its exit code. */
export async function failedStart(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = launch(env);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, output };
}

function launch(env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ['-r', './tools/register.cjs', 'apps/standalone/src/main.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  child.once('exit', () => started.delete(child));
  return child;
}
