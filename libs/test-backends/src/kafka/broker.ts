import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { javaFlags, loggingProperties, serverProperties, servesLine, type BrokerPorts } from './broker-settings';
import { isFree } from '../free-ports';
import { finished, kafkaJars } from './kafka-jars';

/** Any 16 bytes will do; one cluster never meets another here. */
const clusterId = 'cG9zdHJpZGVyLWthZmthMQ';
const startWithinMs = 60_000;
const stopWithinMs = 20_000;

/** A broker that serves. */
export interface Broker {
  readonly brokers: string;
  readonly pid: number;
  /** Settles when the process is gone, whoever ended it. */
  readonly gone: Promise<void>;
  /** Ends the process cleanly, or by force where that takes too long. */
  stop(): Promise<void>;
}

export interface BrokerOptions {
  readonly ports: BrokerPorts;
  /** Holds settings, data and log; a folder that was used before goes on from its data. */
  readonly folder: string;
  readonly say?: (line: string) => void;
}

/** Starts one Apache Kafka node (KRaft) on 127.0.0.1 and answers once it serves. It outlives the caller unless stopped. */
export async function startBroker({ ports, folder, say = () => undefined }: BrokerOptions): Promise<Broker> {
  for (const port of [ports.broker, ports.controller]) {
    if (!(await isFree(port))) {
      throw new Error(`Port ${port} is taken: end what listens there (another Kafka?), then try again.`);
    }
  }
  const classPath = join(await kafkaJars(say), '*');
  const data = join(folder, 'log');
  const settings = join(folder, 'server.properties');
  const logging = join(folder, 'log4j2.properties');
  mkdirSync(folder, { recursive: true });
  writeFileSync(settings, serverProperties(ports, data));
  writeFileSync(logging, loggingProperties);
  const java = [...javaFlags, `-Dlog4j2.configurationFile=${logging}`, '-cp', classPath];
  if (!existsSync(join(data, 'meta.properties'))) {
    const format = await finished('java', [
      ...java,
      'kafka.tools.StorageTool',
      'format',
      '-t',
      clusterId,
      '-c',
      settings,
    ]);
    if (format?.code !== 0)
      throw new Error(`Kafka could not format ${data}: ${lastLine(format?.output ?? 'java did not start')}`);
  }
  return serving(spawnBroker([...java, 'kafka.Kafka', settings], join(folder, 'broker.log')), ports.broker);
}

interface BrokerProcess {
  readonly pid: number;
  readonly log: string;
  readonly gone: Promise<void>;
  isGone(): boolean;
}

/** In a process group of its own: a Ctrl-C meant for its starter must not end it behind the starter's back. */
function spawnBroker(args: string[], log: string): BrokerProcess {
  writeFileSync(log, '');
  const output = openSync(log, 'a');
  const child = spawn('java', args, { stdio: ['ignore', output, output], detached: true });
  closeSync(output);
  child.unref();
  let isGone = false;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  }).then(() => {
    isGone = true;
  });
  return { pid: child.pid ?? 0, log, gone, isGone: () => isGone };
}

async function serving(broker: BrokerProcess, port: number): Promise<Broker> {
  const stop = async (): Promise<void> => {
    signal(broker, 'SIGTERM');
    // The child alone keeps nobody alive: where nothing else does, this does, or the caller would end as it waits.
    const waited = new AbortController();
    const patience = pause(stopWithinMs, undefined, { signal: waited.signal }).catch(() => undefined);
    await Promise.race([broker.gone, patience]);
    waited.abort();
    signal(broker, 'SIGKILL');
    await broker.gone;
  };
  const deadline = Date.now() + startWithinMs;
  while (!readFileSync(broker.log, 'utf8').includes(servesLine)) {
    if (broker.isGone())
      throw new Error(`Kafka ended as it started: ${lastLine(readFileSync(broker.log, 'utf8'))} (${broker.log})`);
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`Kafka did not serve within ${startWithinMs / 1000} s; see ${broker.log}`);
    }
    await pause(50);
  }
  return { brokers: `127.0.0.1:${port}`, pid: broker.pid, gone: broker.gone, stop };
}

function signal(broker: BrokerProcess, name: NodeJS.Signals): void {
  if (!broker.isGone() && broker.pid > 0) process.kill(broker.pid, name);
}

function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('\tat '));
  return lines.at(-1)?.trim() ?? 'it said nothing';
}
