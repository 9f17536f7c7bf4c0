import type {
  BusinessAccountConnected,
  EventMeta,
  EventOf,
  SendingPaused,
  TemplateChangeReported,
} from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { defaultWorkspaceId, testService, type TestService } from '@postrider/service-host';
import { templates } from '../templates.module';

export const wabaId = '2000000000000001';
export const accountId = derivedId.account(defaultWorkspaceId, wabaId);
const appId = '1000000000000001';

/** How the simulator is started; specs alone may know it. */
export type StartSimulator = (options: { port: number }) => Promise<{ readonly url: string; close(): Promise<void> }>;

export interface SetUp {
  readonly service: TestService;
  /** Asks the simulator's control API, or its Cloud API with the right token. */
  sim(path: string, method?: string, body?: unknown): Promise<Record<string, unknown>>;
  /** Says on configuration's log that the account is connected. */
  connect(): Promise<void>;
  /** Says on webhooks' log what Meta reported of a template. */
  report(about: { id: string; name: string }, field: string, change: Record<string, unknown>): Promise<void>;
  /** Says on dispatch's log that Meta refused the template while sending. */
  refuseSending(templateId: string): Promise<void>;
  close(): Promise<void>;
}

/** Templates on a real Postgres, with the simulator for Meta and stand-ins for the other services' logs. */
export async function setUp(startSimulator: StartSimulator): Promise<SetUp> {
  const simulator = await startSimulator({ port: 0 });
  const credentials = {
    ...{ accountId, workspaceId: defaultWorkspaceId, wabaId, appId, graphUrl: simulator.url, credentialsVersion: 1 },
    ...{ accessToken: 'simulator-token', appSecret: 'simulator-app-secret' },
  };
  const service = await testService(templates, {
    internal: { credentials: (id) => Promise.resolve(id === accountId ? credentials : undefined) },
  });
  const meta: EventMeta = { workspaceId: defaultWorkspaceId, actor: 'meta', correlationId: 'spec', aliasKeys: [] };
  const append = async (
    source: 'configuration' | 'webhooks' | 'dispatch',
    streamId: string,
    event: EventOf<typeof BusinessAccountConnected | typeof TemplateChangeReported | typeof SendingPaused>,
  ): Promise<void> => {
    const events = [{ ...event, at: service.clock.now() }];
    await service.logs.get(source)!.append([{ streamId, expectedVersion: 'any', orderingKey: streamId, events, meta }]);
  };
  return {
    service,
    async sim(path, method = 'GET', body) {
      const response = await fetch(`${simulator.url}${path}`, {
        method,
        headers: { authorization: 'Bearer simulator-token', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await response.json()) as Record<string, unknown>;
    },
    connect: () =>
      append('configuration', accountId, {
        type: 'BusinessAccountConnected',
        data: {
          ...{ accountId, wabaId, appId, graphUrl: simulator.url, credentialsVersion: 1 },
          ...{ name: 'demo', portfolioId: '1500000000000001', checks: [] },
        },
      }),
    report: ({ id, name }, field, change) =>
      append('webhooks', derivedId.accountSide(accountId), {
        type: 'TemplateChangeReported',
        data: {
          ...{ accountId, wabaId, field, change, metaTemplateId: id, templateName: name, templateLanguage: 'en_US' },
          reportedAt: service.clock.now().toISOString(),
        },
      }),
    refuseSending: (scopeId) =>
      append('dispatch', scopeId, {
        type: 'SendingPaused',
        data: { scope: 'template', scopeId, error: { metaCode: 132015, code: 'template-paused', title: 'Paused' } },
      }),
    async close() {
      await service.close();
      await simulator.close();
    },
  };
}

/** The body of a draft that Meta would take. */
export const draft = (changed: Record<string, unknown> = {}) => ({
  businessAccountId: accountId,
  name: 'parcel_ready',
  language: 'en_US',
  category: 'UTILITY',
  components: [
    {
      type: 'BODY',
      text: 'Hello {{1}}, your parcel {{2}} is ready to be picked up at the counter.',
      example: { body_text: [['Ada', 'P-17']] },
    },
  ],
  ...changed,
});
