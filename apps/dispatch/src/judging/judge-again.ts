import { assess, type Facts } from '@postrider/compliance';
import type { Decision, MetaObject } from '@postrider/event-contracts';
import type { Pool } from 'pg';
import { peopleBehind } from '../contact/people';
import type { Request } from '../message/message-events';
import type { ChannelView, Copies, SenderView, TemplateView } from './copies';
import { factsOf, misfits, templateContent } from './facts';

/** A message that was taken on, at the moment of sending. */
export interface Waiting {
  readonly request: Request;
  /** The alias key it is addressed by. */
  readonly aliasKey: string;
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
  }: { workspaceId: string; sender: SenderView; at: Date; waiting: readonly Waiting[] },
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
  return waiting.map(({ request, aliasKey }) => {
    const person = personOf(aliasKey);
    const channel = channelById.get(request.data.channelId);
    if (channel === undefined) return held(at, 'the channel is not known');
    const facts = factsOf({
      at,
      channel: { ...channel, sender },
      recipient: addressed(request),
      consents: person.consents,
      lastInboundAt: windowOf(senderId, person.aliasKeys),
      content: contentNow(request, templateById, at),
    });
    return whileActive(channel, assess(facts));
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
const addressed = ({ personal }: Request): Facts['recipient'] =>
  personal?.to.phone === undefined
    ? { phone: 'absent', userId: personal?.to.userId !== undefined }
    : { phone: 'usable', userId: personal.to.userId !== undefined };

function whileActive(channel: ChannelView, decision: Decision): Decision {
  if (decision.outcome === 'refuse' || channel.state === 'active') return decision;
  const waits = held(new Date(decision.at), `the channel is ${channel.state}`);
  return { ...waits, trail: [...waits.trail, ...decision.trail] };
}

function held(at: Date, because: string): Decision {
  const until = new Date(at.getTime() + lookAgainMs).toISOString();
  const line = { rule: 'channel-is-active', verdict: 'hold' as const, because, inputs: {} };
  return { outcome: 'hold', code: 'channel-inactive', until, at: at.toISOString(), trail: [line] };
}
