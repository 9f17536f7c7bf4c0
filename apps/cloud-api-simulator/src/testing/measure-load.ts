import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { ids } from './rig-ids';
import { startReceiver } from './receiver';

/**
 * Measures load mode: the simulator runs alone in a process of its own (one thread, so at most one core), is sent so
 * many templates over 64 connections, and reports every status to a receiver here. Its own processor time tells what
 * one core could do, whatever else runs on the machine.
 */
async function measure(total: number): Promise<void> {
  const simulator = fork(join(__dirname, '../main.ts'), ['--load'], {
    env: { ...process.env, SIMULATOR_PORT: '0' },
    execArgv: ['-r', join(process.cwd(), 'tools/register.cjs')],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const url = await new Promise<string>((resolve) => {
    let printed = '';
    simulator.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const found = /simulator +(http\S+)/.exec(printed);
      if (found?.[1]) resolve(found[1]);
    });
  });
  const receiver = await startReceiver();
  const headers = { authorization: 'Bearer simulator-token', 'content-type': 'application/json' };
  const pool = new Pool(url, { connections: 64 });
  const post = async (path: string, body: unknown): Promise<number> => {
    const answer = await pool.request({ method: 'POST', path: `/v24.0/${path}`, headers, body: JSON.stringify(body) });
    await answer.body.dump();
    return answer.statusCode;
  };
  await post(`${ids.waba}/subscribed_apps`, { override_callback_uri: receiver.url, verify_token: 'correct' });

  const started = performance.now();
  const processorBefore = processorSeconds(simulator.pid ?? 0);
  let next = 0;
  let refused = 0;
  const sendAll = async (): Promise<void> => {
    while (next < total) {
      const to = `+49151${10_000_000 + next}01`;
      next += 1;
      if ((await post(`${ids.phone}/messages`, message(to))) !== 200) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: 64 }, sendAll));
  const acceptedSeconds = (performance.now() - started) / 1000;
  let reported = 0;
  while (reported < total * 3 && performance.now() - started < 120_000) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    reported = receiver.statuses().length;
  }
  const processor = processorSeconds(simulator.pid ?? 0) - processorBefore;
  console.log(
    `${total} sends in ${acceptedSeconds.toFixed(1)} s: ${Math.round(total / acceptedSeconds)} a second, ${refused} refused, on ${cpus().length} cores shared with sender and receiver`,
  );
  console.log(`${reported} statuses in ${receiver.posts.length} POSTs`);
  console.log(
    `${processor.toFixed(1)} s of processor time: ${Math.round(total / processor)} sends with their statuses a second on one core`,
  );
  await pool.close();
  simulator.kill('SIGINT');
  await receiver.close();
}

function message(to: string): unknown {
  const parameters = ['Ada', 'A-1'].map((text) => ({ type: 'text', text }));
  const template = { name: 'order_update', language: { code: 'en_US' }, components: [{ type: 'body', parameters }] };
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to,
    type: 'template',
    biz_opaque_callback_data: to,
    template,
  };
}

/** User and system time of a process, all threads, from Linux's process table. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

void measure(Number(process.argv[2] ?? 30_000));
