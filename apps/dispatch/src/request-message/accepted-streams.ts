import {
  ContactSeen,
  MessageHeld,
  MessageRefused,
  MessageRequested,
  type EventMeta,
  type Origin,
  type RecordedEvent,
} from '@postrider/event-contracts';
import type { NewEvent, StreamAppend } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import type { z } from 'zod';
import { onUnknownByLane } from '../judging/lane';
import type { MessageEvent } from '../message/message-events';
import type { Judged, Unknown } from './judge-requests';
import type { BatchRate } from './batch-rate';
import type { MessageToRequest, RequestingCaller, RequestResult } from './request-messages.handler';

export interface Asked {
  readonly caller: RequestingCaller;
  readonly origin: z.infer<typeof Origin>;
  readonly at: Date;
  /** Of a batch that names a rate. */
  paceOf?(judged: Judged): BatchRate;
}

/**
 * What to append for judged requests: a stream per message, and one per person who was not known. `messageAt` has the
 * places of the messages' streams.
 */
export function acceptedStreams(
  asked: Asked,
  messages: readonly MessageToRequest[],
  judged: readonly (Judged | Unknown)[],
): { appends: StreamAppend[]; messageAt: number[] } {
  const { caller, at } = asked;
  const appends: StreamAppend[] = [];
  const messageAt: number[] = [];
  const seen = new Set<string>();
  judged.forEach((each, index) => {
    if (each.kind === 'unknown') return;
    const { id, correlationId = caller.correlationId } = messages[index]!;
    const meta = metaOf({ ...caller, correlationId }, each);
    const { person, named } = each;
    if (!person.known && named.usable && !seen.has(person.contactId)) {
      seen.add(person.contactId);
      appends.push(strangerSeen(each, at, meta));
    }
    messageAt.push(appends.length);
    const events = eventsOf(id, each, asked).map((event) => stored(id, event, at));
    appends.push({ streamId: id, expectedVersion: 'none', orderingKey: named.aliasKey, events, meta });
  });
  return { appends, messageAt };
}

function metaOf(
  { workspaceId, actor, correlationId, traceparent }: RequestingCaller,
  { named, person }: Judged,
): EventMeta {
  const others = person.aliasKeys.filter((key) => key !== named.aliasKey);
  return {
    workspaceId,
    actor,
    correlationId,
    aliasKeys: [named.aliasKey, ...others],
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

/** Ids are made from the message, so that a request that is driven on after a crash is the same one. */
const stored = (id: string, event: MessageEvent, at: Date): NewEvent => ({
  ...event,
  id: derivedId.fact(id, event.type),
  at,
});

function strangerSeen({ person, named }: Judged, at: Date, meta: EventMeta): StreamAppend {
  const { contactId } = person;
  const event = ContactSeen.of({ contactId, via: 'message' }, named.to);
  return {
    streamId: contactId,
    expectedVersion: 'any',
    orderingKey: person.orderingKey,
    events: [{ ...event, id: derivedId.fact(contactId, 'ContactSeen'), at }],
    meta,
  };
}

function eventsOf(id: string, judged: Judged, { origin, at, paceOf }: Asked): MessageEvent[] {
  const { body, channel, template, named, person, content, lane, decision } = judged;
  const { settings, sender } = channel;
  const requested = MessageRequested.of(
    {
      messageId: id,
      channelId: channel.channelId,
      channelName: channel.name,
      accountId: sender.accountId,
      senderId: sender.facts.senderId,
      phoneNumberId: sender.phoneNumberId,
      purpose: settings.purpose,
      contactId: person.contactId,
      content: {
        type: content.payload.type,
        ...(template === undefined
          ? {}
          : {
              template: {
                templateId: template.view.templateId,
                name: template.view.name,
                language: template.view.language,
                languageBy: template.by,
                category: template.view.category,
              },
            }),
      },
      lane,
      origin,
      ...(body.reference === undefined ? {} : { reference: body.reference }),
      onUnknown: body.onUnknown ?? settings.onUnknown ?? onUnknownByLane[lane],
      ...timesOf(judged, at),
      ...(paceOf === undefined ? {} : { pace: paceOf(judged) }),
      ...(named.country === undefined ? {} : { country: named.country }),
      ...(body.test === undefined ? {} : { test: body.test }),
      decision,
    },
    { to: named.to, payload: content.payload },
  );
  const code = decision.code ?? decision.outcome;
  if (decision.outcome === 'refuse') return [requested, MessageRefused.of({ messageId: id, code, decision })];
  if (decision.outcome === 'hold' && decision.until !== undefined) {
    return [requested, MessageHeld.of({ messageId: id, code, until: decision.until, decision })];
  }
  return [requested];
}

function timesOf({ body, channel }: Judged, at: Date): { scheduledAt?: string; expiresAt?: string } {
  const from = body.scheduledAt === undefined ? at : new Date(Math.max(at.getTime(), Date.parse(body.scheduledAt)));
  const { expiresAfterSeconds } = channel.settings;
  const expiresAt =
    body.expiresAt ??
    (expiresAfterSeconds === undefined
      ? undefined
      : new Date(from.getTime() + expiresAfterSeconds * 1000).toISOString());
  return {
    ...(body.scheduledAt === undefined ? {} : { scheduledAt: new Date(body.scheduledAt).toISOString() }),
    ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
  };
}

/** What an earlier run of the same request was answered; undefined where there was none. */
export function recordedResult(id: string, events: readonly RecordedEvent[]): RequestResult | undefined {
  const [first, second] = events as unknown as readonly MessageEvent[];
  if (first?.type !== 'MessageRequested') return undefined;
  const { decision } = first.data;
  if (second?.type === 'MessageRefused' && decision.outcome === 'refuse') {
    return { kind: 'refused', id, code: second.data.code, decision };
  }
  return { kind: 'accepted', id, state: decision.outcome === 'hold' ? 'held' : 'requested', decision };
}
