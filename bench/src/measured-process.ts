import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '../..');

export interface Usage {
  readonly roundTrips: number;
  readonly cpuMs: number;
  readonly rssBytes: number;
}

/** A process of its own, so that what measures does not weigh on what is measured. */
export interface MeasuredProcess {
  readonly url: string;
  usage(): Promise<Usage>;
  /** When each message left for Meta, in its own milliseconds. */
  departures(): Promise<number[]>;
  stop(): Promise<void>;
}

/**
 * Starts a program that prints an address once it listens. With `BENCH_CPU_PROF=<folder>` it leaves a profile there.
 */
export async function startMeasured(
  program: string,
  { env = {}, args = [], ready = /(http:\S+)/ }: { env?: Record<string, string>; args?: string[]; ready?: RegExp } = {},
): Promise<MeasuredProcess> {
  const profiles = process.env.BENCH_CPU_PROF;
  const child = fork(join(root, program), args, {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    execArgv: [
      ...(profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : []),
      ...['-r', './tools/register.cjs', '-r', './bench/src/watched.ts'],
    ],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = ready.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => reject(new Error(`${program} ended:\n${output}`)));
  });
  return {
    url,
    async usage() {
      child.send('usage');
      const [usage] = (await once(child, 'message')) as [Usage];
      return usage;
    },
    async departures() {
      child.send('departures');
      const [times] = (await once(child, 'message')) as [number[]];
      return times;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.send('exit');
      await ended;
    },
  };
}
