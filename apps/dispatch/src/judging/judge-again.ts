import type { Facts } from '@postrider/compliance';
import type { Decision, MetaObject } from '@postrider/event-contracts';
import type { Pool } from 'pg';
import { peopleBehind } from '../contact/people';
import type { Request } from '../message/message-events';
import type { CaseAtHand } from '../policies/facts-by-policy';
import { judgeByPolicies } from '../policies/judge-by-policies';
import { placeAgain } from '../policies/place';
import type { ChannelView, Copies, SenderView, TemplateView } from './copies';
import { factsOf, misfits, templateContent } from './facts';

/** A message that was taken on, at the moment of sending. */
export interface Waiting {
  readonly request: Request;
  /** The alias key it is addressed by. */
  readonly aliasKey: string;
  /** Of its stream. */
  readonly version: number;
}

/** A channel that is not active holds its messages; they are looked at again after this time. */
const lookAgainMs = 60_000;

/**
 * Judges messages of one sender on what holds now, with a handful of round trips for all of them. One decision per
 * message, in order.
 */
export async function judgeAgain(
  { pool, copies }: { pool: Pool; copies: Copies },
  {
    workspaceId,
    sender,
    at,
    waiting,
    claim,
  }: {
    workspaceId: string;
    sender: SenderView;
    at: Date;
    waiting: readonly Waiting[];
    /** Whether what may go takes up its room under caps and limits. */
    claim: boolean;
  },
): Promise<Decision[]> {
  const requests = waiting.map(({ request }) => request.data);
  const [channels, templates, personOf] = await Promise.all([
    copies.channels(workspaceId, [...new Set(requests.map(({ channelId }) => channelId))]),
    copies.templatesById([...new Set(requests.flatMap(({ content }) => content.template?.templateId ?? []))]),
    peopleBehind(
      pool,
      workspaceId,
      waiting.map(({ aliasKey }) => aliasKey),
    ),
  ]);
  const { senderId } = sender.facts;
  const windowOf = await copies.windows(
    waiting
      .filter(({ request }) => request.data.content.template === undefined)
      .map(({ aliasKey }) => ({ senderId, aliasKeys: personOf(aliasKey).aliasKeys })),
  );
  const channelById = new Map(channels.map((view) => [view.channelId, view]));
  const templateById = new Map(templates.map((view) => [view.templateId, view]));
  const erased = waiting.map(({ request }) => 'erased' in request);
  const known = waiting.map(({ request, aliasKey, version }): CaseAtHand | undefined => {
    const person = personOf(aliasKey);
    const channel = channelById.get(request.data.channelId);
    if (channel === undefined || 'erased' in request) return undefined;
    const facts = factsOf({
      at,
      channel: { ...channel, sender },
      recipient: addressed(request),
      consents: person.consents,
      window: windowOf(senderId, person.aliasKeys),
      content: contentNow(request, templateById, at),
    });
    const { accountId } = sender;
    const { contactId, aliasKeys } = person;
    const message = { id: request.data.messageId, version };
    return { facts, channel, accountId, senderId, contactId, aliasKeys, payload: request.personal?.payload, message };
  });
  const cases = known.filter((each) => each !== undefined);
  const decisions = await judgeByPolicies({ pool, copies }, { workspaceId, at, claim }, cases);
  const decisionOf = new Map(cases.map((each, index) => [each, decisions[index]!]));
  return known.map((each, index) => {
    if (erased[index]) return gone(at);
    if (each === undefined) return held(at, 'the channel is not known');
    return whileActive(channelById.get(each.channel.channelId)!, decisionOf.get(each)!);
  });
}

function contentNow(
  { data, personal }: Request,
  templates: ReadonlyMap<string, TemplateView>,
  at: Date,
): Facts['content'] {
  const { type, template } = data.content;
  if (template === undefined) return { kind: 'free-form', type };
  const now = templates.get(template.templateId ?? '');
  if (now === undefined) {
    const { templateId = '', name, language, category = 'MARKETING' } = template;
    return {
      kind: 'template',
      template: { templateId, name, language, category, state: 'deleted', parameterProblems: [] },
    };
  }
  const sent = personal?.payload.template as MetaObject | undefined;
  return templateContent(now, misfits(now, sent?.components), at);
}

/** It was found usable when it was taken on, or it would have been refused. */
const addressed = ({ data, personal }: Request): Facts['recipient'] => {
  const { phone, userId } = personal?.to ?? {};
  return {
    phone: phone === undefined ? 'absent' : 'usable',
    userId: userId !== undefined,
    ...placeAgain(
      { ...(phone === undefined ? {} : { phone }), ...(userId === undefined ? {} : { userId }) },
      data.country,
    ),
  };
};

function whileActive(channel: ChannelView, decision: Decision): Decision {
  if (decision.outcome === 'refuse' || channel.state === 'active') return decision;
  const waits = held(new Date(decision.at), `the channel is ${channel.state}`);
  return { ...waits, trail: [...waits.trail, ...decision.trail] };
}

/** Who it was for and what it says can no longer be read. */
function gone(at: Date): Decision {
  const because = 'the person was erased and must not be written to';
  const line = { rule: 'recipient-has-not-stopped', verdict: 'refuse' as const, because, inputs: { erased: true } };
  return { outcome: 'refuse', code: 'stopped', at: at.toISOString(), trail: [line] };
}

function held(at: Date, because: string): Decision {
  const until = new Date(at.getTime() + lookAgainMs).toISOString();
  const line = { rule: 'channel-is-active', verdict: 'hold' as const, because, inputs: {} };
  return { outcome: 'hold', code: 'channel-inactive', until, at: at.toISOString(), trail: [line] };
}
