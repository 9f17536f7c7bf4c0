import {
  BusinessAccountConnected,
  ChannelActivated,
  ChannelDrafted,
  MessageReceived,
  SenderDiscovered,
  TemplateApproved,
  TemplateDrafted,
  type ChannelSettings,
  type EventDefinition,
  type ServiceName,
  type TemplateDefinition,
} from '@postrider/event-contracts';
import type { DomainEvent } from '@postrider/decider';
import { memoryLog, type EventLog } from '@postrider/event-store';
import { aliasKeys, derivedId } from '@postrider/keys';
import {
  defaultWorkspaceId as workspaceId,
  fakeInternalCalls,
  testClock,
  testService,
  type AccountCredentials,
  type TestClock,
  type TestService,
} from '@postrider/service-host';
import { testPostgres } from '@postrider/test-backends';
import { v7 } from 'uuid';
import type { z } from 'zod';
import { dispatch } from '../dispatch.module';

export const wabaId = '2000000000000001';
export const portfolioId = '1500000000000001';
export const accountId = derivedId.account(workspaceId, wabaId);
export const phoneNumberId = '3000000000000001';
export const senderId = derivedId.sender(workspaceId, phoneNumberId);
/** For the simulator's second number. */
export const slowPhoneNumberId = '3000000000000002';
export const slowSenderId = derivedId.sender(workspaceId, slowPhoneNumberId);
export { workspaceId };

export const channelId = (name: string): string => derivedId.channel(workspaceId, name);
export const templateId = (name: string, language = 'en_US'): string => derivedId.template(accountId, name, language);

/** What another service says. */
export function said<Type extends string, Data extends z.ZodType, Personal extends z.ZodType>(
  definition: EventDefinition<Type, Data, Personal>,
  data: z.input<Data>,
  personal?: z.input<Personal>,
): Said {
  return definition.of(data, personal);
}

export type Said = DomainEvent;

/** What other services have said, to which a spec adds. */
export interface Others {
  readonly logs: ReadonlyMap<ServiceName, EventLog>;
  readonly identitySecret: Buffer;
  say(service: ServiceName, streamId: string, event: Said, aliases?: readonly string[]): Promise<void>;
}

export async function others(): Promise<Others> {
  const logs = new Map<ServiceName, EventLog>(
    (['configuration', 'templates', 'webhooks', 'journeys'] as const).map((service) => [
      service,
      memoryLog({ service }),
    ]),
  );
  const identitySecret = await fakeInternalCalls(logs).identitySecret(workspaceId);
  return {
    logs,
    identitySecret,
    async say(service, streamId, event, aliases = []) {
      const meta = { workspaceId, actor: 'test', correlationId: v7(), aliasKeys: aliases };
      const orderingKey = aliases[0] ?? streamId;
      const events = [{ ...event, at: new Date('2026-01-01T00:00:00.000Z') }];
      await logs.get(service)!.append([{ streamId, expectedVersion: 'any', orderingKey, events, meta }]);
    },
  };
}

const channels: readonly ChannelSettings[] = [
  { name: 'demo-marketing', senderId, purpose: 'marketing' },
  { name: 'demo-transactional', senderId, purpose: 'transactional' },
  { name: 'slow-transactional', senderId: slowSenderId, purpose: 'transactional' },
];

const definition = (name: string, category: TemplateDefinition['category'], text: string, example: string[]) => ({
  name,
  language: 'en_US',
  category,
  parameterFormat: 'POSITIONAL' as const,
  components: [{ type: 'BODY', text, example: { body_text: [example] } }],
});

export const definitions: readonly TemplateDefinition[] = [
  definition('welcome', 'MARKETING', 'Hello {{1}}, welcome to our shop and thank you for joining.', ['Ada']),
  definition('order_update', 'UTILITY', 'Hello {{1}}, your order {{2}} is on its way and will arrive soon.', [
    'Ada',
    'A-1',
  ]),
];

/** The demo's account, senders, channels and templates. */
export async function sayDemo({ say }: Others): Promise<void> {
  const account = {
    accountId,
    name: 'demo',
    wabaId,
    portfolioId,
    appId: '1000000000000001',
    graphUrl: 'http://127.0.0.1:1',
  };
  await say(
    'configuration',
    accountId,
    said(BusinessAccountConnected, { ...account, checks: [], credentialsVersion: 1 }),
  );
  for (const [id, number, throughputPerSecond] of [
    [senderId, phoneNumberId, 1_000],
    [slowSenderId, slowPhoneNumberId, 80],
  ] as const) {
    await say('configuration', id, sender(id, number, throughputPerSecond));
  }
  for (const settings of channels) await sayChannel({ say } as Others, settings);
  for (const each of definitions) await sayTemplate({ say } as Others, each);
}

const sender = (id: string, number: string, throughputPerSecond: number) =>
  said(SenderDiscovered, {
    senderId: id,
    accountId,
    wabaId,
    portfolioId,
    phoneNumberId: number,
    displayPhoneNumber: '+1 555 010 0001',
    verifiedName: 'Demo',
    status: 'CONNECTED',
    quality: 'GREEN',
    throughputPerSecond,
  });

export async function sayChannel({ say }: Pick<Others, 'say'>, settings: ChannelSettings): Promise<void> {
  const id = channelId(settings.name);
  await say('configuration', id, said(ChannelDrafted, { channelId: id, settings }));
  await say('configuration', id, said(ChannelActivated, { channelId: id }));
}

export async function sayTemplate(
  { say }: Pick<Others, 'say'>,
  template: TemplateDefinition,
  approved = true,
): Promise<void> {
  const id = templateId(template.name, template.language);
  await say('templates', id, said(TemplateDrafted, { templateId: id, accountId, wabaId, definition: template }));
  if (approved) await say('templates', id, said(TemplateApproved, { templateId: id }));
}

/** A person writes to the first number. */
export async function sayInbound(
  { say, identitySecret }: Others,
  person: { phone?: string; userId?: string; name?: string },
  happenedAt: Date,
  message: string | { readonly text: string; readonly standby: true } = 'hello',
): Promise<void> {
  const { text, ...standing } = typeof message === 'string' ? { text: message } : message;
  const keys = aliasKeys(identitySecret, person);
  const conversationId = derivedId.conversation(senderId, keys[0]!);
  const where = { conversationId, accountId, senderId, wabaId, phoneNumberId };
  const told = { happenedAt: happenedAt.toISOString(), wamid: `wamid.in-${v7()}`, messageType: 'text' };
  const data = { ...where, ...told, ...standing };
  const received = said(MessageReceived, data, { ...person, message: { type: 'text', text: { body: text } } });
  await say('webhooks', conversationId, received, keys);
}

export const demoCredentials = (graphUrl: string): AccountCredentials => ({
  accountId,
  workspaceId,
  wabaId,
  appId: '1000000000000001',
  accessToken: 'simulator-token',
  appSecret: 'simulator-app-secret',
  graphUrl,
  credentialsVersion: 1,
});

export interface Started {
  readonly service: TestService;
  /** To start another process on the same. */
  readonly databaseUrl: string;
  readonly others: Others;
  readonly clock: TestClock;
}

/** Dispatch with the demo set up by the others, and nobody to send to. */
export async function startDispatch(
  options: Parameters<typeof testService>[1] & {
    readonly graphUrl?: string;
    readonly demo?: boolean;
    others?: Others;
  } = {},
): Promise<Started> {
  const { graphUrl = 'http://127.0.0.1:1', demo = true, others: given, ...surroundings } = options;
  const around = given ?? (await others());
  if (demo && given === undefined) await sayDemo(around);
  const clock = surroundings.clock ?? testClock('2026-03-10T12:00:00.000Z');
  const credentials = demoCredentials(graphUrl);
  const databaseUrl = surroundings.databaseUrl ?? (await (await testPostgres()).newDatabase('dispatch'));
  const service = await testService(dispatch, {
    ...surroundings,
    databaseUrl,
    clock,
    otherLogs: around.logs,
    internal: { credentials: () => Promise.resolve(credentials), ...surroundings.internal },
  });
  // On a busy machine the first request could come before dispatch knows what the others have said.
  await Promise.all(
    [['dispatch:configuration-copy', 'configuration'] as const, ['dispatch:template-copy', 'templates'] as const].map(
      ([reader, source]) => service.host.readers.caughtUp(reader, source, 60_000).catch(() => false),
    ),
  );
  return { service, databaseUrl, others: around, clock };
}

/** Runs with the machine's time, and can be moved ahead. */
export function movingClock(): TestClock {
  let aheadMs = 0;
  let wallAheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs + wallAheadMs),
    monotonicMs: () => performance.now() + aheadMs,
    advance: (ms) => void (aheadMs += ms),
    // As somebody sets a machine's clock: leases and pace go on undisturbed.
    set: (to) => void (wallAheadMs = new Date(to).getTime() - Date.now() - aheadMs),
  };
}
