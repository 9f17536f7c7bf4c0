import {
  ChannelActivated,
  ChannelDrafted,
  SenderDiscovered,
  TemplateApproved,
  TemplateDrafted,
  type EventDefinition,
  type EventOf,
  type ServiceName,
  type TemplateDefinition,
} from '@postrider/event-contracts';
import { memoryLog, type EventLog } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import {
  defaultWorkspaceId as workspaceId,
  type InternalCalls,
  testClock,
  testService,
  type TestAnswer,
  type TestClock,
  type TestService,
} from '@postrider/service-host';
import { v7 } from 'uuid';
import type { FoundContacts } from '../audience/find-contacts';
import type { Decided, DecisionsAnswer, UsedUp } from '../check-campaign/ask-decisions';
import { journeys } from '../journeys.module';
import { fakeDispatch, type FakeDispatch, type Treatment } from './fake-dispatch';

export const wabaId = '2000000000000001';
export const accountId = derivedId.account(workspaceId, wabaId);
export const phoneNumberId = '3000000000000001';
export const senderId = derivedId.sender(workspaceId, phoneNumberId);
export const channelId = derivedId.channel(workspaceId, 'demo-marketing');
export const templateId = (name: string, language = 'en_US'): string => derivedId.template(accountId, name, language);

/** Says on the log of the event's own service what that would say. */
export type Say = <Definition extends EventDefinition>(
  streamId: string,
  definition: Definition,
  data: EventOf<Definition>['data'],
  about?: { aliases?: readonly string[]; personal?: unknown },
) => Promise<void>;

export interface SetUp {
  readonly service: TestService;
  readonly dispatch: FakeDispatch;
  readonly clock: TestClock;
  readonly say: Say;
  readonly logs: ReadonlyMap<ServiceName, EventLog>;
  ask: TestService['ask'];
  /** Uploads a CSV. */
  upload(campaignId: string, csv: string | Buffer): Promise<TestAnswer>;
  /** Drafts with what differs, uploads people, answers the id. */
  drafted(design: Record<string, unknown>, people: number | string): Promise<string>;
  shown(campaignId: string): Promise<TestAnswer['body']>;
  close(): Promise<void>;
}

export const definition = (name: string, language = 'en_US'): TemplateDefinition => ({
  name,
  language,
  category: 'MARKETING',
  parameterFormat: 'POSITIONAL',
  components: [
    {
      type: 'BODY',
      text: 'Hello {{1}}, welcome to our shop and thank you for joining.',
      example: { body_text: [['Ada']] },
    },
  ],
});

export const design = (changed: Record<string, unknown> = {}) => ({
  name: 'spring',
  channel: 'demo-marketing',
  template: { name: 'welcome', language: 'en_US' },
  variables: ['{{ name }}'],
  ...changed,
});

/** So many people, each another number. */
export const csvOf = (people: number): string =>
  ['phone,name', ...Array.from({ length: people }, (_, index) => `+1555${2000000 + index},Person ${index}`)].join('\n');

export async function sayTemplate(say: Say, template: TemplateDefinition): Promise<void> {
  const id = templateId(template.name, template.language);
  await say(id, TemplateDrafted, { templateId: id, accountId, wabaId, definition: template });
  await say(id, TemplateApproved, { templateId: id });
}

interface SurroundingDispatch {
  /** Dispatch's contacts, in pages of two; a filter is not applied. */
  contacts?: FoundContacts['people'];
  /** What dispatch would decide of each message; left out, it cannot be asked. */
  decide?: (message: Readonly<Record<string, unknown>>, place: number, before: UsedUp) => Decided;
  quiet?: DecisionsAnswer['quiet'];
}

/** Journeys on a real Postgres, with the demo's channel and template, and a dispatch that treats people as told. */
export async function setUp(
  treat: Treatment = () => 'deliver',
  options: SurroundingDispatch & {
    env?: Record<string, string>;
    databaseUrl?: string;
    logs?: ReadonlyMap<ServiceName, EventLog>;
    dispatch?: FakeDispatch;
    clock?: TestClock;
  } = {},
): Promise<SetUp> {
  const logs =
    options.logs ??
    new Map<ServiceName, EventLog>(
      (['configuration', 'templates', 'dispatch', 'webhooks'] as const).map((name) => [
        name,
        memoryLog({ service: name }),
      ]),
    );
  const clock = options.clock ?? testClock('2026-03-10T12:00:00.000Z');
  const say: Say = async (streamId, definition, data, { aliases = [], personal } = {}) => {
    const meta = { workspaceId, actor: 'test', correlationId: v7(), aliasKeys: aliases };
    const events = [{ ...definition.of(data, personal), at: clock.now() }];
    const orderingKey = aliases[0] ?? streamId;
    const log = logs.get(definition.service)!;
    await log.append([{ streamId, expectedVersion: 'any', orderingKey, events, meta }]);
  };
  if (options.logs === undefined) await sayDemo(say);
  const service = await testService(journeys, {
    clock,
    otherLogs: logs,
    internal: { ask: answering(options) },
    env: { POSTRIDER_CAMPAIGN_TICK_MS: '20', ...options.env },
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
  });
  const dispatch = options.dispatch ?? fakeDispatch(say, treat);
  await service.host.commands.consume((command) => dispatch.take(command));
  await service.host.readers.caughtUp('journeys:template-copy', 'templates', 5_000);
  await service.host.readers.caughtUp('journeys:configuration-copy', 'configuration', 5_000);

  const ask = service.ask.bind(service);
  const upload = async (campaignId: string, csv: string | Buffer): Promise<TestAnswer> => {
    const answer = await service.fastify.inject({
      method: 'POST',
      url: `/v1/campaigns/${campaignId}/audience`,
      headers: { authorization: `Bearer test-api-key-of-all-scopes`, 'content-type': 'text/csv' },
      payload: csv,
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
  };
  return {
    ...{ service, dispatch, clock, say, logs, ask, upload },
    async drafted(changed, people) {
      const { body } = await ask('POST', '/v1/campaigns', design(changed));
      await upload(body.id, typeof people === 'number' ? csvOf(people) : people);
      return body.id;
    },
    shown: async (campaignId) => (await ask('GET', `/v1/campaigns/${campaignId}`)).body,
    close: () => service.close(),
  };
}

async function sayDemo(say: Say): Promise<void> {
  const number = {
    ...{ senderId, accountId, wabaId, phoneNumberId },
    ...{ portfolioId: '1500000000000001', displayPhoneNumber: '+1 555 010 0001', verifiedName: 'Demo' },
  };
  const able = { status: 'CONNECTED', quality: 'GREEN', throughputPerSecond: 1_000 } as const;
  await say(senderId, SenderDiscovered, { ...number, ...able });
  const settings = { name: 'demo-marketing', senderId, purpose: 'marketing' } as const;
  await say(channelId, ChannelDrafted, { channelId, settings });
  await say(channelId, ChannelActivated, { channelId });
  await sayTemplate(say, definition('welcome'));
}

interface Question {
  readonly after?: string;
  readonly messages?: readonly Readonly<Record<string, unknown>>[];
  readonly before?: UsedUp;
}

/** Answers what journeys asks of dispatch: its people, and what it would decide. */
function answering({ contacts = [], decide, quiet = [[]] }: SurroundingDispatch): InternalCalls['ask'] {
  const idOf = (place: number): string => `00000000-0000-0000-0000-${String(place).padStart(12, '0')}`;
  const peopleAfter = (after: string | undefined): FoundContacts => {
    const from = after === undefined ? 0 : Number(after.slice(-12));
    const next = from + 2 >= contacts.length ? null : idOf(from + 2);
    return { people: contacts.slice(from, from + 2), next };
  };
  const answer = (path: string, question: unknown): unknown => {
    const { after, messages = [], before = { openings: 0, priceMicros: 0 } } = question as Question;
    if (path === '/internal/people') return peopleAfter(after);
    if (decide === undefined) return undefined;
    const decisions = messages.map((message, place) => decide(message, place, before));
    const openings = before.openings + decisions.filter(({ outcome }) => outcome === 'send').length;
    return { decisions, quiet, usedUp: { ...before, openings } } satisfies DecisionsAnswer;
  };
  return <T>(_: ServiceName, path: string, question: unknown) =>
    Promise.resolve(answer(path, question) as T | undefined);
}
