import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, freePorts, ownKafka, runFolder, testPostgres, turnInRun } from '@postrider/test-backends';
import { interpolated, readComposeFile } from './compose-file';
import { caller, type Call } from './http';
import { sampleTotals } from './sampled-totals';

const root = join(__dirname, '../..');
const withDatabase = ['configuration', 'templates', 'dispatch', 'webhooks', 'journeys', 'projections'];
export const ownServices = [...withDatabase, 'gateway', 'simulator'];

/** The distributed form on this machine: the compose file's own commands, each a process with its own database. */
export interface Distributed {
  readonly url: string;
  readonly brokers: readonly string[];
  readonly simulatorUrl: string;
  readonly call: Call;
  readonly meta: Call;
  /** SIGKILL of one process. */
  crash(process: string): Promise<void>;
  /** A process is named like its service; `dispatch-2` is one more of dispatch, on the same database. */
  start(process: string): Promise<void>;
  /** SIGTERM to all; answers with the exit codes. */
  stop(): Promise<Record<string, number | null>>;
  output(process: string): string;
  /** The address of the service's database. */
  database(service: string): string;
  /** What no topic and no log may hold: the API key, and the key that secrets are sealed with. */
  readonly secrets: readonly string[];
}

/** How long a story may wait for its turn and its start. */
export const turnWithinMs = 1_500_000;
let giveBackTurn = (): void => undefined;
/** What a failed test left running is ended with its file. */
const started = new Set<ChildProcess>();
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  giveBackTurn();
});
/**
 * On a broker of its own, since topics have the names of services: two platforms on one would read each other's. `others` is
 * set for every service. One at a time in a run, as each fills the machine: waiting for the turn may take minutes.
 */
export async function startDistributed(others: Record<string, string> = {}): Promise<Distributed> {
  giveBackTurn = await turnInRun('distributed');
  const kafka = await ownKafka();
  const { brokers } = kafka;
  execFileSync('npx', ['nx', 'run-many', '-t', 'build'], { cwd: root, env: { ...process.env, NX_DAEMON: 'false' } });
  const postgres = await testPostgres();
  const { services } = readComposeFile();
  const numbers = await freePorts(ownServices.length);
  const ports = new Map(ownServices.map((service, index) => [service, numbers[index] as number]));
  const apiKey = randomBytes(24).toString('hex');
  const url = `http://127.0.0.1:${ports.get('gateway')}`;
  const variables = {
    POSTRIDER_API_KEY: apiKey,
    POSTRIDER_MASTER_KEY: randomBytes(32).toString('base64'),
    POSTRIDER_PUBLIC_URL: url,
  };
  const media = mkdtempSync(join(runFolder(), 'media-'));
  const databases = new Map<string, string>();
  for (const service of withDatabase) databases.set(service, await postgres.newDatabase(service));

  const running = new Map<string, { child: ChildProcess; output: string[]; ended: Promise<number | null> }>();
  const environmentOf = (process: string): Record<string, string> => {
    const service = serviceOf(process);
    const given = Object.entries(services[service]?.environment ?? {}).map(([name, value]) => {
      const filled = interpolated(value, variables);
      if (name === 'PORT' || name === 'SIMULATOR_PORT') return [name, `${ports.get(process)}`];
      if (name === 'DATABASE_URL') return [name, databases.get(service) ?? ''];
      if (name === 'KAFKA_BROKERS') return [name, brokers.join(',')];
      if (name === 'SIMULATOR_HOST') return [name, '127.0.0.1'];
      if (name === 'POSTRIDER_MEDIA_STORE') return [name, media];
      // The names of containers are addresses of this machine here.
      return [
        name,
        filled.replace(/http:\/\/([a-z-]+):3000/, (_, host: string) => `http://127.0.0.1:${ports.get(host)}`),
      ];
    });
    return Object.fromEntries(given);
  };
  const start = async (name: string): Promise<void> => {
    if (!ports.has(name)) ports.set(name, (await freePorts(1))[0] as number);
    const [program = '', ...args] = (services[serviceOf(name)]?.command ?? '').split(' ');
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      ...others,
      ...environmentOf(name),
    };
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    started.add(child);
    const output: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    running.set(name, { child, output, ended });
    return ready(name);
  };
  const outputOf = (name: string): string => running.get(name)?.output.join('') ?? '';
  const ready = (name: string): Promise<void> =>
    eventually(
      async () => {
        const path = name === 'simulator' ? '/_sim/' : '/health/ready';
        const { status } = await caller(`http://127.0.0.1:${ports.get(name)}`)('GET', path);
        if (status !== 200) throw new Error(`${name} answers ${status}:\n${outputOf(name)}`);
      },
      { withinMs: 180_000 },
    );
  await Promise.all(ownServices.map(start));
  const call = caller(url, { authorization: `Bearer ${apiKey}` });
  sampleTotals(call);
  return {
    url,
    brokers,
    simulatorUrl: `http://127.0.0.1:${ports.get('simulator')}`,
    call,
    meta: caller(`http://127.0.0.1:${ports.get('simulator')}`),
    start,
    output: outputOf,
    database: (service) => databases.get(service) ?? '',
    secrets: [apiKey, variables.POSTRIDER_MASTER_KEY],
    async crash(name) {
      running.get(name)?.child.kill('SIGKILL');
      await running.get(name)?.ended;
    },
    async stop() {
      for (const { child } of running.values()) child.kill('SIGTERM');
      const codes = await Promise.all([...running].map(async ([name, { ended }]) => [name, await ended] as const));
      await kafka.close();
      giveBackTurn();
      return Object.fromEntries(codes);
    },
  };
}

const serviceOf = (name: string): string => name.replace(/-\d+$/, '');
