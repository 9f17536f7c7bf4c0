import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import { request } from 'undici';
import { api, type Api } from './api';
import { demoPeople, type DemoPerson } from './demo-people';
import { CannotStart, readStandaloneEnvironment, type Environment } from './environment';
import { countStates, drawFunnel, settled, type StateCounts } from './funnel';
import { runToTheEnd } from './run-to-the-end';
import { startEverything } from './start-everything';

const peopleCount = 1_000;
const settledWithinMs = 60_000;

void runToTheEnd(async () => {
  const env = readStandaloneEnvironment(process.env);
  const url = `http://127.0.0.1:${env.PORT}`;
  if (await runsAt(url)) return demo({ url, own: api(url, keyOf(env)) });
  console.log('Nothing runs yet, so it is started for this demo.');
  const everything = await startEverything(env);
  await demo({ url: everything.url, own: everything.api });
  await everything.close();
});

/** Consent, send, watch, tell: over the same HTTP API that everybody uses. */
async function demo({ url, own }: { url: string; own: Api }): Promise<void> {
  const run = Math.floor(Date.now() / 1000);
  const reference = `demo-${run}`;
  const people = demoPeople(run, peopleCount);
  console.log(`Recording the consent of ${people.length} simulated people …`);
  await own.send(
    'POST',
    '/v1/consents',
    people.map(({ phone }) => ({ contact: { phone }, purpose: 'marketing', state: 'granted', source: 'demo' })),
  );
  const startedAt = performance.now();
  await own.send('POST', '/v1/messages/batch', { messages: people.map((person) => welcome(person, reference)) });
  const counts = await watch(own, reference);
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(
    `\n${drawFunnel(counts)}\n\n${peopleCount} messages in ${seconds.toFixed(1)} s. The simulated people behave`,
  );
  console.log(`by the last two digits of their numbers, so some fail or stop on purpose.\n`);
  console.log(`Look at one:  ${url}/v1/messages?reference=${reference}   (with the API key)`);
}

const welcome = ({ name, phone }: DemoPerson, reference: string) => ({
  channel: 'demo-marketing',
  to: { phone },
  template: { name: 'welcome', language: 'en_US', variables: [name] },
  reference,
});

/** Shows progress until all is settled, or until nothing more is to be expected. */
async function watch(own: Api, reference: string): Promise<StateCounts> {
  const bar = new SingleBar({ format: '  {bar} {value}/{total} settled', clearOnComplete: false, hideCursor: true });
  bar.start(peopleCount, 0);
  let counts: StateCounts = {};
  for (const end = performance.now() + settledWithinMs; performance.now() < end; await delay(250)) {
    counts = countStates(await messagesOf(own, reference));
    bar.update(settled(counts));
    if (settled(counts) === peopleCount) break;
  }
  bar.stop();
  return counts;
}

async function messagesOf(own: Api, reference: string): Promise<{ state: string }[]> {
  const messages: { state: string }[] = [];
  for (let after: string | null = ''; after !== null;) {
    const query: string = `reference=${reference}&limit=500${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`;
    const page: { data: { state: string }[]; next: string | null } = await own.get(`/v1/messages?${query}`);
    messages.push(...page.data);
    after = page.next;
  }
  return messages;
}

async function runsAt(url: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(`${url}/health/ready`);
    await body.dump();
    return statusCode === 200;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return false;
    throw error;
  }
}

function keyOf(env: Environment): string {
  if (env.POSTRIDER_API_KEY) return env.POSTRIDER_API_KEY;
  const file = join(env.POSTRIDER_DATA, 'api-key');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new CannotStart(`Postrider runs on port ${env.PORT}, but its key is not in ${file}. Set POSTRIDER_API_KEY.`, {
      cause,
    });
  }
}
