import type { Assessment, RecipientFacts } from '@postrider/compliance';
import type { ChannelSettings } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import type { Pool } from 'pg';
import { numbersOf } from '../contact/numbers';
import { peopleBehind, type KnownPerson } from '../contact/people';
import { namePerson, type NamedPerson } from '../contact/recipient';
import type { ChannelView, Copies, SenderView } from '../judging/copies';
import { factsOf } from '../judging/facts';
import { laneOf } from '../judging/lane';
import type { Ahead } from '../policies/ahead';
import type { CaseAtHand } from '../policies/facts-by-policy';
import { judgeByPolicies } from '../policies/judge-by-policies';
import { placeOf } from '../policies/place';
import type { LaneName } from '../send-messages/lanes';
import { contentOf, type Content } from './content';
import type { MessageBody } from './message-body';
import { findTemplates, type Picked } from './pick-template';

/** A request that can become a message, with the decision on it. */
export interface Judged {
  readonly kind: 'judged';
  readonly body: MessageBody;
  readonly channel: ChannelView & { readonly sender: SenderView };
  readonly template: Picked | undefined;
  readonly named: NamedPerson;
  readonly person: KnownPerson;
  readonly content: Content;
  readonly lane: LaneName;
  readonly decision: Assessment;
}

/** A request that cannot become a message, as what it names is not there. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly code: 'unknown-channel' | 'unknown-template' | 'unknown-media' | 'channel-inactive';
  readonly because: string;
}

export interface Asked {
  readonly workspaceId: string;
  readonly identitySecret: Uint8Array;
  readonly at: Date;
  readonly bodies: readonly MessageBody[];
  /** Of an audience that is judged part by part. */
  readonly ahead?: Ahead | undefined;
}

/** Judges many requests with a handful of round trips; one answer per body, in order. */
export async function judgeRequests(
  { pool, copies, log }: { pool: Pool; copies: Copies; log: Pick<EventLog, 'readStreams'> },
  { workspaceId, identitySecret, at, bodies, ahead }: Asked,
): Promise<(Judged | Unknown)[]> {
  const named = bodies.map((body) => namePerson(identitySecret, body.to));
  const [views, personOf] = await Promise.all([
    copies.channels(workspaceId, distinct(bodies.map(({ channel }) => channel))),
    peopleBehind(pool, workspaceId, distinct(named.map(({ aliasKey }) => aliasKey))),
  ]);
  const channelOf = finder(views);
  const asNamed = bodies.map((body, index) => ({
    body,
    named: named[index]!,
    person: personOf(named[index]!.aliasKey),
    channel: usableChannel(channelOf(body.channel), body.channel),
  }));
  const numbers = await numbersOf(
    { pool, log },
    identitySecret,
    asNamed.filter(choosesNumber).map(({ person }) => person),
  );
  const ready = asNamed.map((request) => {
    const phone = choosesNumber(request) && chosenNumber(request.channel.settings.number, numbers(request.person));
    return phone ? { ...request, named: namePerson(identitySecret, { phone }) } : request;
  });
  const open = ready.filter(hasChannel);
  const [templateFor, windowOf] = await Promise.all([
    findTemplates({ pool, copies }, open),
    copies.windows(
      open
        .filter(({ body }) => body.template === undefined)
        .map(({ channel, person }) => ({ senderId: channel.sender.facts.senderId, aliasKeys: person.aliasKeys })),
    ),
  ]);
  const assembled = ready.map((request) => {
    if (!hasChannel(request)) return request.channel as Unknown;
    const { body, channel, named, person } = request;
    const then = goesAt(body, at);
    const template = templateFor(request, then);
    if (body.template && template === undefined) return unknownTemplate(body.template);
    const content = contentOf(body, template?.view, then);
    const facts = factsOf({
      at: then,
      channel,
      recipient: recipientOf(named),
      consents: person.consents,
      window: windowOf(channel.sender.facts.senderId, person.aliasKeys),
      content: content.judged,
    });
    return { kind: 'judged' as const, ...request, template, content, lane: laneOf(facts), facts };
  });
  const cases = assembled.flatMap((each) => (each.kind === 'unknown' ? [] : [caseOf(each)]));
  const decisions = (await judgeByPolicies({ pool, copies }, { workspaceId, at, claim: false, ahead }, cases)).values();
  return assembled.map((each) => {
    if (each.kind === 'unknown') return each;
    const { facts: _, ...judged } = each;
    return { ...judged, decision: decisions.next().value! };
  });
}

/** A message for later is judged for then: what holds or refuses it now may be over. */
const goesAt = ({ scheduledAt }: MessageBody, at: Date): Date =>
  scheduledAt === undefined ? at : new Date(Math.max(at.getTime(), Date.parse(scheduledAt)));

type Assembled = Omit<Judged, 'decision'> & { readonly facts: CaseAtHand['facts'] };

const caseOf = ({ facts, channel, person, content }: Assembled): CaseAtHand => ({
  facts,
  channel,
  accountId: channel.sender.accountId,
  senderId: channel.sender.facts.senderId,
  contactId: person.contactId,
  aliasKeys: person.aliasKeys,
  payload: content.payload,
});

type Ready = { readonly body: MessageBody; readonly named: NamedPerson; readonly person: KnownPerson };
type WithChannel = Ready & { readonly channel: ChannelView & { readonly sender: SenderView } };

const hasChannel = (request: Ready & { channel: WithChannel['channel'] | Unknown }): request is WithChannel =>
  !('kind' in request.channel);

/** Whether the channel has a word on which number of the person's is written to. */
const choosesNumber = (request: Ready & { channel: WithChannel['channel'] | Unknown }): request is WithChannel =>
  hasChannel(request) && (request.channel.settings.number ?? 'as-named') !== 'as-named';

const chosenNumber = (which: ChannelSettings['number'], numbers: readonly string[]): string | undefined =>
  which === 'first' ? numbers[0] : numbers.at(-1);

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

/** An id is looked for first, so that a channel cannot take another one's place by being named like its id. */
function finder(views: readonly ChannelView[]): (nameOrId: string) => ChannelView | undefined {
  const byId = new Map(views.map((view) => [view.channelId, view]));
  const byName = new Map(views.map((view) => [view.name, view]));
  return (nameOrId) => byId.get(nameOrId) ?? byName.get(nameOrId);
}

function usableChannel(view: ChannelView | undefined, nameOrId: string): WithChannel['channel'] | Unknown {
  if (view === undefined) {
    return { kind: 'unknown', code: 'unknown-channel', because: `There is no channel "${nameOrId}".` };
  }
  if (view.state !== 'active' || view.sender === undefined) {
    const because = view.state === 'active' ? 'its sender is not known' : `it is ${view.state}`;
    return {
      kind: 'unknown',
      code: 'channel-inactive',
      because: `Nothing goes through the channel "${view.name}": ${because}.`,
    };
  }
  return view as WithChannel['channel'];
}

function unknownTemplate({ name, language, fallback }: NonNullable<MessageBody['template']>): Unknown {
  const named = [language, fallback].filter((each) => each !== undefined).map((each) => `"${each}"`);
  const where = language === undefined ? ['a language that fits the person', ...named] : named;
  return {
    kind: 'unknown',
    code: 'unknown-template',
    because: `The channel's business account has no template "${name}" in ${where.join(' or ')}.`,
  };
}

const recipientOf = ({ to, usable }: NamedPerson): RecipientFacts =>
  'userId' in to
    ? { phone: 'absent', userId: true, ...placeOf(to) }
    : { phone: usable ? 'usable' : 'unusable', userId: false, ...placeOf(to) };
