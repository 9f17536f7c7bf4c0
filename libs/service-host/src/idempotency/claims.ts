import type { Clock } from '@postrider/decider';
import type { Pool } from 'pg';
import { v7 } from 'uuid';
import { bodyHash } from './body-hash';
import { claimKeys } from './claim-keys.sql';
import { completeKeys } from './complete-keys.sql';
import { readKeys } from './read-keys.sql';

const keptMs = 7 * 24 * 3_600_000;

/** What a route answered, as it is kept under the key. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** `open`: ours to drive on, under `id`. `answered`: the first answer. `reused`: the key came with another body. */
export type Claim =
  | { readonly kind: 'open'; readonly id: string }
  | { readonly kind: 'answered'; readonly id: string; readonly answer: Answer }
  | { readonly kind: 'reused'; readonly id: string };

/** Idempotency keys of one scope (a route, a topic) in one workspace: claimed before the work, completed after it. */
export interface Claims {
  /** One claim per request, in order. An unfinished claim of somebody who died is open to whoever meets it. */
  claim(where: ClaimScope, requests: readonly { key: string; body: unknown }[]): Promise<Claim[]>;
  /** Keeps the answers; answers the keys for which it was the first one. */
  complete(
    where: ClaimScope,
    answers: readonly { key: string; id: string; answer: Answer }[],
  ): Promise<ReadonlySet<string>>;
  /** Forgets what expired; answers how many. */
  sweep(): Promise<number>;
}

export interface ClaimScope {
  readonly workspaceId: string;
  readonly scope: string;
}

interface Row {
  key: string;
  body_hash: Buffer;
  resource_id: string;
  answer_status: number | null;
  answer_body: unknown;
}

export function postgresClaims(pool: Pool, clock: Clock): Claims {
  return {
    async claim({ workspaceId, scope }, requests) {
      const wanted = new Map<string, { hash: Buffer; id: string }>();
      // A key that comes twice belongs to its first request.
      for (const { key, body } of requests) if (!wanted.has(key)) wanted.set(key, { hash: bodyHash(body), id: v7() });
      const now = clock.now();
      // Sorted, so that two callers with the same keys cannot lock each other out.
      const keys = [...wanted.keys()].sort();
      const columns = [keys, keys.map((key) => wanted.get(key)!.hash), keys.map((key) => wanted.get(key)!.id)];
      const expiry = new Date(now.getTime() + keptMs);
      const taken = await pool.query<Row>(claimKeys, [workspaceId, scope, ...columns, expiry, now]);
      const rows = new Map(taken.rows.map((row) => [row.key, row]));
      const met = keys.filter((key) => !rows.has(key));
      if (met.length > 0)
        for (const row of (await pool.query<Row>(readKeys, [workspaceId, scope, met])).rows) rows.set(row.key, row);
      return requests.map((request) => claimOf(rows.get(request.key), bodyHash(request.body)));
    },
    async complete({ workspaceId, scope }, answers) {
      const columns = [
        answers.map((answer) => answer.key),
        answers.map((answer) => answer.id),
        answers.map(({ answer }) => answer.status),
        answers.map(({ answer }) => JSON.stringify(answer.body ?? null)),
      ];
      const { rows } = await pool.query<{ key: string }>(completeKeys, [workspaceId, scope, ...columns]);
      return new Set(rows.map(({ key }) => key));
    },
    async sweep() {
      const { rowCount } = await pool.query('delete from idempotency_key where expires_at <= $1', [clock.now()]);
      return rowCount ?? 0;
    },
  };
}

function claimOf(row: Row | undefined, hash: Buffer): Claim {
  if (!row) throw new Error('an idempotency key was swept while it was claimed');
  if (!row.body_hash.equals(hash)) return { kind: 'reused', id: row.resource_id };
  if (row.answer_status === null) return { kind: 'open', id: row.resource_id };
  return { kind: 'answered', id: row.resource_id, answer: { status: row.answer_status, body: row.answer_body } };
}
