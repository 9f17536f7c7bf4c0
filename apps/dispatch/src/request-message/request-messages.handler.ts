import type { Decision, Origin } from '@postrider/event-contracts';
import { Fault, type Clock } from '@postrider/decider';
import { gather, isPassingFailure, type EventLog } from '@postrider/event-store';
import { overloaded, type Caller, type ReaderProgress } from '@postrider/service-host';
import type { Pool } from 'pg';
import type { z } from 'zod';
import { groupBy } from '../group-by';
import type { Copies } from '../judging/copies';
import type { MediaStore } from '../media/media-store';
import { acceptedStreams, recordedResult } from './accepted-streams';
import { paces, spread, type BatchRate } from './batch-rate';
import type { Judged, Unknown } from './judge-requests';
import { judgeSurely } from './judge-surely';
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

/** Messages that are being taken on at once; beyond that callers are told to come again, so that memory stays bounded. */
const underWayMax = 4_000;

export type RequestMessages = ReturnType<typeof requestMessages>;

/** What one caller asks for together. */
interface Ask {
  readonly caller: RequestingCaller;
  readonly origin: z.infer<typeof Origin>;
  readonly requested: readonly MessageToRequest[];
  /** The rate that the batch names; without it the messages go as fast as the sender may. */
  readonly rate?: BatchRate | undefined;
}

/** Takes messages on: judges each, and writes down the request with its decision, or the refusal. One result per message. */
export function requestMessages(deps: RequestMessagesDeps) {
  let underWay = 0;
  const single = gather(
    async (asks: readonly Ask[]) => {
      const byWorkspace = [...groupBy(asks, ({ caller }) => caller.workspaceId).values()];
      const taken = await Promise.all(byWorkspace.map((some) => takeTogether(deps, some)));
      const resultOf = new Map(byWorkspace.flatMap((some, at) => some.map((ask, place) => [ask, taken[at]![place]!])));
      return asks.map((ask) => resultOf.get(ask)!);
    },
    { ...together, isForAll: (error) => isPassingFailure(error) || error instanceof Fault },
  );
  return async (
    caller: RequestingCaller,
    origin: z.infer<typeof Origin>,
    requested: readonly MessageToRequest[],
    rate?: BatchRate,
  ): Promise<RequestResult[]> => {
    const count = requested.length;
    if (underWay > 0 && underWay + count > underWayMax) {
      throw overloaded('More messages are asked for than can be written down; come again.');
    }
    underWay += count;
    try {
      const ask: Ask = { caller, origin, requested, rate };
      return count === 1 ? await single(ask) : (await takeTogether(deps, [ask]))[0]!;
    } finally {
      underWay -= count;
    }
  };
}

/** Single messages that are asked for at the same time share the round trips that a batch has. */
const together = { fitting: (waiting: readonly Ask[]) => Math.min(waiting.length, 200), atOnce: 2 };

/** All of one workspace, judged in this order at one moment, and written down with as many round trips as one. */
async function takeTogether(deps: RequestMessagesDeps, asks: readonly Ask[]): Promise<RequestResult[][]> {
  const at = deps.clock.now();
  const { workspaceId } = asks[0]!.caller;
  const messagesOf = asks.map(({ requested, rate }) =>
    rate === undefined ? requested : spread(requested, at, rate.perSecond),
  );
  const identitySecret = await deps.identitySecret(workspaceId);
  const asked = { workspaceId, identitySecret, at, bodies: messagesOf.flat().map(({ body }) => body) };
  const judged = await withKnownMedia(deps.media, workspaceId, await judgeSurely(deps, asked));
  const parts = asks.map(({ caller, origin, rate }, index) => {
    const messages = messagesOf[index]!;
    const own = judged.splice(0, messages.length);
    const pacing = rate && { paceOf: paces(own, rate) };
    return { messages, judged: own, ...acceptedStreams({ caller, origin, at, ...pacing }, messages, own) };
  });
  const verdicts = await deps.log.append(parts.flatMap(({ appends }) => appends));
  const repeated = parts.flatMap(({ appends, messageAt }) => {
    const own = verdicts.splice(0, appends.length);
    return messageAt.filter((place) => own[place]!.status !== 'ok').map((place) => appends[place]!.streamId);
  });
  const known = await deps.log.readStreams(repeated);
  return parts.map(({ messages, judged: own }) =>
    own.map((each, index) => {
      if (each.kind === 'unknown') return { kind: 'rejected', code: each.code, because: each.because };
      const { id } = messages[index]!;
      return recordedResult(id, known.get(id) ?? []) ?? resultOf(id, each);
    }),
  );
}

function resultOf(id: string, { decision }: Judged): RequestResult {
  if (decision.outcome === 'refuse') return { kind: 'refused', id, code: decision.code ?? 'refused', decision };
  return { kind: 'accepted', id, state: decision.outcome === 'hold' ? 'held' : 'requested', decision };
}
