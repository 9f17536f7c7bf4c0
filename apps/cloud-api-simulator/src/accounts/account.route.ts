import { pickFields } from '../graph/fields';
import { route, type GraphCall, type NodeOf, type Route } from '../graph/graph-call';
import { GraphError } from '../graph/graph-error';
import { listAnswer, page } from '../graph/paging';
import { phoneType } from '../phone-numbers/phone-fields';
import { handshake } from '../webhooks/handshake';
import { nextNumber } from '../world/simulation';
import { newNumber } from '../seed/build-state';
import { accountType } from './account-fields';
import { templateAnalytics } from './template-analytics';

const common = { permission: 'whatsapp_business_management' as const, operation: 'account' };

async function subscribe({ sim, params, token }: GraphCall, { account }: NodeOf<'waba'>): Promise<unknown> {
  const { override_callback_uri: url, verify_token: verifyToken } = params;
  if (typeof url === 'string' && url !== '') {
    if (url.length > 200)
      throw new GraphError(100, { message: '(#100) Param override_callback_uri must be at most 200 characters long.' });
    if (typeof verifyToken !== 'string')
      throw new GraphError(100, { message: '(#100) The parameter verify_token is required.' });
    const before = sim.state;
    await handshake(url, verifyToken);
    // A reset during the handshake leaves nothing to write to.
    if (sim.state === before) account.subscriptions.set(token.appId, { url, verifyToken });
  } else {
    account.subscriptions.set(token.appId, null);
  }
  return { success: true };
}

function subscriptions({ sim }: GraphCall, { account }: NodeOf<'waba'>): unknown {
  const data = [...account.subscriptions].map(([appId, override]) => ({
    whatsapp_business_api_data: {
      id: appId,
      name: sim.state.apps.get(appId)?.name,
      link: `https://www.facebook.com/games/?app_id=${appId}`,
    },
    ...(override && { override_callback_uri: override.url }),
  }));
  return { data };
}

function listNumbers(call: GraphCall, { account }: NodeOf<'waba'>): unknown {
  const own = [...call.sim.state.numbers.values()].filter((phone) => phone.wabaId === account.id);
  const filter = call.params.filtering;
  const mode = Array.isArray(filter)
    ? (filter as { field?: string; value?: string }[]).find((one) => one.field === 'account_mode')?.value
    : undefined;
  const { items, paging } = page(
    call,
    own.filter((phone) => mode === undefined || phone.accountMode === mode),
    (phone) => phone.id,
  );
  return listAnswer(
    items.map((phone) => pickFields(phoneType(call.sim, phone), call.params.fields)),
    paging,
  );
}

function addNumber({ sim, params }: GraphCall, { account }: NodeOf<'waba'>): unknown {
  const { cc, phone_number: number, verified_name: name } = params;
  const digits = `${String(cc ?? '')}${String(number ?? '')}`.replace(/\D/g, '');
  if (digits.length < 7 || typeof name !== 'string')
    throw new GraphError(100, { message: '(#100) The parameters cc, phone_number and verified_name are required.' });
  const id = String(nextNumber(sim.state, 'number', 3_000_000_000_000_101));
  const phone = newNumber(
    { id, wabaId: account.id, displayPhoneNumber: `+${digits}`, verifiedName: name, registered: false },
    sim.nowMs(),
  );
  sim.state.numbers.set(id, phone);
  return { id };
}

function update({ params }: GraphCall, { account }: NodeOf<'waba'>): unknown {
  if (params.is_enabled_for_insights === false || params.is_enabled_for_insights === 'false')
    throw new GraphError(200006);
  if (params.is_enabled_for_insights !== undefined) account.insightsEnabled = true;
  if (typeof params.name === 'string') account.name = params.name;
  if (params.timezone_id !== undefined) account.timezoneId = String(params.timezone_id);
  if (params.disable_marketing_messages_on_cloud_api !== undefined) {
    account.marketingDisabledOnCloudApi = String(params.disable_marketing_messages_on_cloud_api) === 'true';
  }
  return { id: account.id, name: account.name, timezone_id: account.timezoneId, success: true };
}

export const accountRoutes: Route[] = [
  route({
    ...common,
    method: 'GET',
    kind: 'waba',
    edge: '',
    handle: ({ sim, params }, { account }) => pickFields(accountType(sim, account), params.fields),
  }),
  route({ ...common, method: 'POST', kind: 'waba', edge: '', handle: update }),
  route({ ...common, method: 'GET', kind: 'waba', edge: 'phone_numbers', handle: listNumbers }),
  route({ ...common, method: 'POST', kind: 'waba', edge: 'phone_numbers', handle: addNumber }),
  route({ ...common, method: 'GET', kind: 'waba', edge: 'subscribed_apps', handle: subscriptions }),
  route({ ...common, method: 'POST', kind: 'waba', edge: 'subscribed_apps', handle: subscribe }),
  route({
    ...common,
    method: 'DELETE',
    kind: 'waba',
    edge: 'subscribed_apps',
    handle: ({ token }, { account }) => {
      account.subscriptions.delete(token.appId);
      return { success: true };
    },
  }),
  route({
    ...common,
    method: 'GET',
    kind: 'waba',
    edge: 'template_analytics',
    handle: (call, { account }) => templateAnalytics(call, account),
  }),
];
