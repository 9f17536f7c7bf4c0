import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startBroker } from './broker';
import { containerEngineAnswers, startContainerBroker } from './container-broker';
import { freePorts } from './free-ports';
import { runFolder, runOwner } from './run-folder';

const startWithinMs = 240_000;
type Started = { readonly brokers: string } | { readonly error: string };

/** The one broker of a test run: the first worker that asks starts it, the others wait for its answer. */
export async function sharedBroker(): Promise<string> {
  const folder = runFolder();
  const answer = join(folder, 'kafka.json');
  if (takesTurn(join(folder, 'kafka.lock'))) {
    const started = await start(folder).catch((error: unknown): Started => ({ error: String(error) }));
    writeFileSync(`${answer}.new`, JSON.stringify(started));
    renameSync(`${answer}.new`, answer);
  }
  const deadline = Date.now() + startWithinMs;
  while (!existsSync(answer)) {
    if (Date.now() > deadline)
      throw new Error(`The test run's Kafka did not start in time; see ${folder}/kafka/broker.log`);
    await pause(100);
  }
  const started = JSON.parse(readFileSync(answer, 'utf8')) as Started;
  if ('error' in started) throw new Error(`The test run's Kafka did not start: ${started.error}`);
  return started.brokers;
}

function takesTurn(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function start(folder: string): Promise<Started> {
  if (containerEngineAnswers()) return { brokers: (await startContainerBroker()).brokers };
  const [broker = 0, controller = 0] = await freePorts(2);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const { brokers, pid } = await startBroker({ ports: { broker, controller }, folder: join(folder, 'kafka'), say });
  writeFileSync(join(folder, 'pids', 'kafka.pid'), String(pid));
  endWith(runOwner, pid);
  return { brokers };
}

/** A run that is killed has no teardown; nothing may stay behind all the same. */
export function endWith(owner: number, pid: number): void {
  const watch = 'while kill -0 "$0" 2>/dev/null; do kill -0 "$1" 2>/dev/null || exit 0; sleep 2; done; kill "$1"';
  spawn('sh', ['-c', watch, String(owner), String(pid)], { stdio: 'ignore', detached: true }).unref();
}
