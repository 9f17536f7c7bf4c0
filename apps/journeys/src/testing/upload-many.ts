import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { request } from 'undici';
import { design, setUp } from './set-up';

/**
 * A process of its own, started with `--expose-gc`: journeys takes an upload of `ROWS` rows over HTTP, and what it held
 * meanwhile is written to standard output as JSON. Every tenth row is wrong, every fifth names somebody again.
 */
async function main(): Promise<void> {
  const rows = Number(process.env['ROWS']);
  const world = await setUp(undefined, { databaseUrl: process.env['DATABASE_URL']! });
  const { fastify } = world.service;
  await fastify.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(fastify.server.address() as AddressInfo).port}/v1/campaigns`;
  const { body } = await world.ask('POST', '/v1/campaigns', design());
  const held: number[] = [];
  const progress: number[] = [];

  async function* csv(): AsyncGenerator<string> {
    yield 'phone,name,note\n';
    for (let first = 0; first < rows; first += 1_000) {
      const lines = Array.from({ length: 1_000 }, (_, index) => lineOf(first + index));
      yield `${lines.join('\n')}\n`;
      if (first % 20_000 !== 0) continue;
      globalThis.gc?.();
      const { heapUsed, external } = process.memoryUsage();
      held.push(heapUsed + external);
      const shown = await world.ask('GET', `/v1/campaigns/${body.id}/audience`);
      progress.push(shown.body.rows);
    }
  }
  const answer = await request(`${url}/${body.id}/audience`, {
    method: 'POST',
    headers: { authorization: 'Bearer test-api-key-of-all-scopes', 'content-type': 'text/csv' },
    body: Readable.from(csv()),
  });
  const taken = (await answer.body.json()) as object;
  console.log(JSON.stringify({ status: answer.statusCode, taken, held, progress }));
  await world.close();
}

function lineOf(place: number): string {
  if (place % 10 === 9) return `nobody,Person ${place},`;
  const person = place % 5 === 4 ? place - 1 : place;
  return `+1555${2_000_000 + person},Person ${place},${'a note of some length '.repeat(4)}`;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
