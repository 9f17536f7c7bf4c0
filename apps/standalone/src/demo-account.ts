import { setTimeout as delay } from 'node:timers/promises';
import { CannotStart } from './environment';
import type { Api } from './api';

interface List<Item> {
  data: Item[];
}
interface Named {
  id: string;
  name: string;
  state: string;
}
interface Account extends Named {
  senders: { id: string; phoneNumberId: string }[];
}

const firstNumber = '3000000000000001';
const templates = ['welcome', 'order_update', 'login_code'];
const channels = [
  { name: 'demo-marketing', purpose: 'marketing' },
  { name: 'demo-transactional', purpose: 'transactional' },
];
const templatesWithinMs = 15_000;

/**
 * Connects the account `demo` to the simulator, with its channels and templates, over the same HTTP API that everybody
 * uses. Each step finds what an earlier start has made, so a start that was cut short is completed by the next one.
 */
export async function ensureDemoAccount(api: Api, graphUrl: string): Promise<void> {
  const account = (await found<Account>(api, '/v1/business-accounts', 'demo')) ?? (await connect(api, graphUrl));
  const senderId = account.senders.find((sender) => sender.phoneNumberId === firstNumber)?.id;
  if (senderId === undefined) throw new CannotStart(`the demo account has no sender ${firstNumber}`);
  await confirmReadiness(api, account.id);
  for (const channel of channels) {
    const { id, state } =
      (await found<Named>(api, '/v1/channels', channel.name)) ??
      (await api.send<Named>('POST', '/v1/channels', { ...channel, senderId }));
    if (state === 'draft') await api.send('POST', `/v1/channels/${id}/activate`);
  }
  await templatesApproved(api);
}

const found = async <Item extends Named>(api: Api, path: string, name: string): Promise<Item | undefined> =>
  (await api.get<List<Item>>(`${path}?limit=500`)).data.find((item) => item.name === name);

function connect(api: Api, graphUrl: string): Promise<Account> {
  return api.send<Account>('POST', '/v1/business-accounts', {
    name: 'demo',
    wabaId: '2000000000000001',
    accessToken: 'simulator-token',
    appId: '1000000000000001',
    appSecret: 'simulator-app-secret',
    graphUrl,
    policyAcknowledged: true,
  });
}

async function confirmReadiness(api: Api, accountId: string): Promise<void> {
  const path = `/v1/business-accounts/${accountId}/readiness`;
  const { missing } = await api.get<{ missing: string[] }>(path);
  if (missing.length === 0) return;
  await api.send('PUT', path, Object.fromEntries(missing.map((item) => [item, { confirmed: true, by: 'demo' }])));
}

/** They are discovered at the simulator after the account was connected. */
async function templatesApproved(api: Api): Promise<void> {
  for (const end = performance.now() + templatesWithinMs; performance.now() < end; await delay(25)) {
    const { data } = await api.get<List<Named>>('/v1/templates?state=approved&limit=500');
    if (templates.every((name) => data.some((template) => template.name === name))) return;
  }
  throw new CannotStart(`the demo's templates were not found at the simulator within ${templatesWithinMs / 1000} s`);
}
