import type { Decision, Origin } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import { overloaded, unavailable, type Caller, type ReaderProgress } from '@postrider/service-host';
import type { Clock } from '@postrider/decider';
import type { Pool } from 'pg';
import type { z } from 'zod';
import { groupBy } from '../group-by';
import type { Copies } from '../judging/copies';
import { configurationCopy } from '../local-copies/when-configuration-changed';
import { windowCopy } from '../local-copies/when-window-opened';
import { policyCopy } from '../policies/when-policy-changed';
import { templateCopy } from '../local-copies/when-template-changed';
import type { MediaStore } from '../media/media-store';
import { acceptedStreams, recordedResult } from './accepted-streams';
import { judgeRequests, type Asked, type Judged, type Unknown } from './judge-requests';
import { withKnownMedia } from './known-media';
import type { MessageBody } from './message-body';

export interface MessageToRequest {
  /** Under which the message is made; asking again with the same id makes nothing new. */
  readonly id: string;
  readonly body: MessageBody;
  /** Where it is not the caller's. */
  readonly correlationId?: string;
}

/** What became of one request. Only a `rejected` one leaves no message behind. */
export type RequestResult =
  | {
      readonly kind: 'accepted';
      readonly id: string;
      readonly state: 'requested' | 'held';
      readonly decision: Decision;
    }
  | { readonly kind: 'refused'; readonly id: string; readonly code: string; readonly decision: Decision }
  | { readonly kind: 'rejected'; readonly code: Unknown['code']; readonly because: string };

export interface RequestMessagesDeps {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly copies: Copies;
  readonly clock: Clock;
  readonly readers: ReaderProgress;
  readonly media: Pick<MediaStore, 'find'>;
  identitySecret(workspaceId: string): Promise<Uint8Array>;
}

export type RequestingCaller = Pick<Caller, 'workspaceId' | 'actor' | 'correlationId' | 'traceparent'>;

/** Messages of one key leave no faster than this, whenever they are due. */
export interface BatchRate {
  readonly key: string;
  readonly perSecond: number;
}

/** Messages that are being taken on at once; beyond that callers are told to come again, so that memory stays bounded. */
const underWayMax = 4_000;

export type RequestMessages = ReturnType<typeof requestMessages>;

/** Takes messages on: judges each, and writes down the request with its decision, or the refusal. One result per message. */
export function requestMessages(deps: RequestMessagesDeps) {
  let underWay = 0;
  const take = async (
    caller: RequestingCaller,
    origin: z.infer<typeof Origin>,
    requested: readonly MessageToRequest[],
    /** The rate that the batch names; without it the messages go as fast as the sender may. */
    rate?: BatchRate,
  ): Promise<RequestResult[]> => {
    const at = deps.clock.now();
    const messages = rate === undefined ? requested : spread(requested, at, rate.perSecond);
    const identitySecret = await deps.identitySecret(caller.workspaceId);
    const asked = { workspaceId: caller.workspaceId, identitySecret, at, bodies: messages.map(({ body }) => body) };
    const judged = await withKnownMedia(deps.media, caller.workspaceId, await judgeSurely(deps, asked));
    const streams = acceptedStreams(
      { caller, origin, at, ...(rate && { paceOf: paces(judged, rate) }) },
      messages,
      judged,
    );
    const verdicts = await deps.log.append(streams.appends);
    const repeated = streams.messageAt.filter((place) => verdicts[place]!.status !== 'ok');
    const known = await deps.log.readStreams(repeated.map((place) => streams.appends[place]!.streamId));
    return judged.map((each, index) => {
      if (each.kind === 'unknown') return { kind: 'rejected', code: each.code, because: each.because };
      const { id } = messages[index]!;
      return recordedResult(id, known.get(id) ?? []) ?? resultOf(id, each);
    });
  };
  return async (...asked: Parameters<typeof take>): Promise<RequestResult[]> => {
    const count = asked[2].length;
    if (underWay > 0 && underWay + count > underWayMax) {
      throw overloaded('More messages are asked for than can be written down; come again.');
    }
    underWay += count;
    try {
      return await take(...asked);
    } finally {
      underWay -= count;
    }
  };
}

/** Each sender paces its part of a batch by itself: it has as much of the rate as it has of the messages. */
function paces(judged: readonly (Judged | Unknown)[], { key, perSecond }: BatchRate): (judged: Judged) => BatchRate {
  const bySender = groupBy(
    judged.filter((each) => each.kind === 'judged'),
    ({ channel }) => channel.sender.facts.senderId,
  );
  const count = [...bySender.values()].reduce((sum, { length }) => sum + length, 0);
  return ({ channel }) => {
    const own = bySender.get(channel.sender.facts.senderId)?.length ?? count;
    return { key, perSecond: own === count ? perSecond : (perSecond * own) / count };
  };
}

/** So that a batch that waits for hours does not stand in the way of what is due; its pace is kept where it leaves. */
function spread(messages: readonly MessageToRequest[], from: Date, ratePerSecond: number): MessageToRequest[] {
  return messages.map((message, index) => {
    const scheduledAt = new Date(from.getTime() + (index * 1000) / ratePerSecond).toISOString();
    return { ...message, body: { ...message.body, scheduledAt: message.body.scheduledAt ?? scheduledAt } };
  });
}

/**
 * A no that rests on another service's facts is given only once dispatch's copy of them is at that service's head: what
 * a caller has just created is found. Where that cannot be told in time, there is no answer yet.
 */
export async function judgeSurely(deps: RequestMessagesDeps, asked: Asked): Promise<(Judged | Unknown)[]> {
  const current = new Set<Copy>();
  for (;;) {
    const judged = await judgeRequests(deps, asked);
    const behind = new Set(judged.flatMap(copiesBehindNo).filter((copy) => !current.has(copy)));
    if (behind.size === 0) return judged;
    const reached = await Promise.all([...behind].map((copy) => deps.readers.caughtUp(copy, sourceOf[copy], waitMs)));
    if (reached.includes(false)) throw unavailable('What this answer rests on is not up to date yet.');
    // What is known now may bring a no that rests on yet another copy.
    for (const copy of behind) current.add(copy);
  }
}

const waitMs = 1_000;

const sourceOf = {
  [configurationCopy]: 'configuration',
  [policyCopy]: 'configuration',
  [templateCopy]: 'templates',
  [windowCopy]: 'webhooks',
} as const;

type Copy = keyof typeof sourceOf;

const copiesByCode: Readonly<Record<string, readonly Copy[]>> = {
  'unknown-channel': [configurationCopy],
  'channel-inactive': [configurationCopy],
  'unknown-template': [templateCopy, configurationCopy],
  'template-not-approved': [templateCopy],
  'template-paused': [templateCopy],
  'parameters-mismatch': [templateCopy],
  'window-closed': [windowCopy],
  'sender-unable': [configurationCopy],
  'country-not-served': [policyCopy],
  'marketing-paused-in-country': [policyCopy],
  'health-content': [policyCopy],
  'quiet-hours': [policyCopy, configurationCopy],
  'frequency-cap': [policyCopy, configurationCopy],
  'spend-limit': [policyCopy],
  'portfolio-limit': [policyCopy],
};

function copiesBehindNo(judged: Judged | Unknown): readonly Copy[] {
  const code = judged.kind === 'unknown' ? judged.code : judged.decision.code;
  return code === undefined ? [] : (copiesByCode[code] ?? []);
}

function resultOf(id: string, { decision }: Judged): RequestResult {
  if (decision.outcome === 'refuse') return { kind: 'refused', id, code: decision.code ?? 'refused', decision };
  return { kind: 'accepted', id, state: decision.outcome === 'hold' ? 'held' : 'requested', decision };
}
