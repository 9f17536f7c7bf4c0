import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const pom = join(__dirname, '..', '..', 'kafka', 'pom.xml');
/** Where the jars, the data and the log of `npm run kafka` lie; out of version control. */
export const kafkaFolder = join(__dirname, '..', '..', '..', '..', '.kafka');

/** Runs a program to its end; answers its exit code and what it said, or undefined where there is no such program. */
export function finished(command: string, args: string[]): Promise<{ code: number; output: string } | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve(undefined) : reject(error)));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** What this machine lacks for a broker of its own, as one line with the next step; undefined where nothing is missing. */
export function whatKafkaLacks(): string | undefined {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = Number(/version "(\d+)/.exec(java.stderr ?? '')?.[1] ?? 0);
  if (version < 17) {
    const found = java.error ? 'no Java' : `Java ${version || 'of an unknown version'}`;
    return `Kafka needs Java 17 or newer and found ${found}: install it (apt-get install openjdk-17-jre-headless).`;
  }
  const hasMaven = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'mvn')));
  return hasMaven || existsSync(jarFolder())
    ? undefined
    : "Kafka's jars are fetched with Maven, and there is no mvn: install it (apt-get install maven).";
}

/** The folder of a pinned Kafka's jars. Fetched the first time, with a line that says so; then the folder answers. */
export async function kafkaJars(say: (line: string) => void): Promise<string> {
  const folder = jarFolder();
  if (existsSync(folder)) return folder;
  say("Fetching Apache Kafka's jars with Maven (once, about 45 MB) …");
  mkdirSync(kafkaFolder, { recursive: true });
  const arriving = `${folder}.arriving-${process.pid}`;
  const mvn = await finished('mvn', [
    '-q',
    '-B',
    '-f',
    pom,
    'dependency:copy-dependencies',
    `-DoutputDirectory=${arriving}`,
  ]);
  if (!mvn || mvn.code !== 0) {
    rmSync(arriving, { recursive: true, force: true });
    const why = /\[ERROR\] (.*)/.exec(mvn?.output ?? '')?.[1] ?? 'mvn did not start';
    throw new Error(
      `Maven could not fetch Kafka's jars: ${why} — check that Maven reaches a repository (~/.m2/settings.xml).`,
    );
  }
  try {
    renameSync(arriving, folder);
  } catch (error) {
    rmSync(arriving, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // Else another process has just put them there.
  }
  return folder;
}

function jarFolder(): string {
  const hash = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12);
  return join(kafkaFolder, `libs-${hash}`);
}
