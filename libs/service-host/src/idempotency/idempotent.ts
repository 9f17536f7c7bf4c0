import { v7 } from 'uuid';
import { z } from 'zod';
import { problemFor } from '../http/problem-answer';
import { Problem } from '../http/problem';
import { bodyHash } from './body-hash';
import type { Answer, Claim, Claims, ClaimScope } from './claims';
import { coalesced } from './coalesced';

/**
 * Runs a request that creates, once per `Idempotency-Key`. `run` is given the id to create under and must be idempotent
 * on it: after a crash, whoever comes with the same key runs it again. Without a key it runs under a new id. Answers below
 * 500 are kept, refusals too; a failure of ours is not, so that the next try goes on.
 */
export type Idempotent = (
  caller: { readonly workspaceId: string },
  scope: string,
  key: string | undefined,
  body: unknown,
  run: (id: string) => Promise<Answer>,
) => Promise<Answer>;

/** The token under which routes are given it. */
export const Idempotent = Symbol('Idempotent');

const Key = z.string().min(1).max(255);

export function idempotentRequests(claims: Claims): Idempotent {
  // Two requests at once with one key are usually here, in one process: the second waits for the first one's answer.
  const running = new Map<string, Promise<Answer>>();
  const places = new Map<string, Place>();
  const placeOf = (where: ClaimScope): Place => {
    const name = JSON.stringify([where.workspaceId, where.scope]);
    const place = places.get(name) ?? openPlace(claims, where);
    places.set(name, place);
    return place;
  };
  return async (caller, scope, key, body, run) => {
    if (key === undefined) return run(v7());
    if (!Key.safeParse(key).success) throw malformedKey();
    const name = JSON.stringify([caller.workspaceId, scope, key, bodyHash(body).toString('base64')]);
    const known = running.get(name);
    if (known) return known;
    const answer = once(placeOf({ workspaceId: caller.workspaceId, scope }), { key, body }, run);
    running.set(name, answer);
    try {
      return await answer;
    } finally {
      running.delete(name);
    }
  };
}

/** The keys of one route in one workspace; requests that come at the same time share statements. */
interface Place {
  claim(request: { key: string; body: unknown }): Promise<Claim>;
  /** False where another process's answer stands already. */
  complete(answer: { key: string; id: string; answer: Answer }): Promise<boolean>;
}

function openPlace(claims: Claims, where: ClaimScope): Place {
  return {
    claim: coalesced((requests: readonly { key: string; body: unknown }[]) => claims.claim(where, requests)),
    complete: coalesced(async (answers: readonly { key: string; id: string; answer: Answer }[]) => {
      const kept = await claims.complete(where, answers);
      return answers.map(({ key }) => kept.has(key));
    }),
  };
}

async function once(
  place: Place,
  request: { key: string; body: unknown },
  run: (id: string) => Promise<Answer>,
): Promise<Answer> {
  const claim = await place.claim(request);
  if (claim.kind === 'reused')
    throw new Problem('idempotency-key-reused', 'This Idempotency-Key was used with another body.');
  if (claim.kind === 'answered') return claim.answer;
  const answer = await answered(() => run(claim.id));
  if (await place.complete({ key: request.key, id: claim.id, answer })) return answer;
  // Another process drove the same claim on at the same time: the first answer stands.
  const kept = await place.claim(request);
  return kept.kind === 'answered' ? kept.answer : answer;
}

/** A problem is an answer too, and kept; what passes (429, 5xx) is thrown on. */
async function answered(run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    const problem = problemFor(error);
    if (problem.status >= 500 || problem.status === 429) throw error;
    return { status: problem.status, body: problem.body };
  }
}

function malformedKey(): Problem {
  const errors = [{ path: 'Idempotency-Key', message: 'between 1 and 255 characters' }];
  return new Problem('malformed', 'The Idempotency-Key header is not usable.', { errors });
}
