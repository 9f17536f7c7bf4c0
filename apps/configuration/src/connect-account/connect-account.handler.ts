import { isRefusal, refuse, type Clock } from '@postrider/decider';
import type { WebhookBy } from '@postrider/event-contracts';
import { derivedId, type Keyring } from '@postrider/keys';
import type { By, Changing } from '@postrider/service-host';
import {
  announceExpiry,
  businessAccount,
  confirmReadiness,
  connectAccount as decide,
  type ReadinessClaim,
} from '../business-account/business-account.decider';
import type { CredentialsStore } from '../credentials/credentials';
import type { MetaOf } from '../meta/account-at-meta';
import { connectionChecks, isUsable, verdictOf } from '../meta/connection-checks';
import { whyNotGraph } from '../meta/graph-address';
import { lookAtMeta } from '../meta/look';
import { portfolioIdOf, recordNumbers } from '../recording/record-numbers';
import { subscribe } from '../recording/subscribe';

export interface ConnectRequest {
  readonly name: string;
  readonly wabaId: string;
  readonly accessToken: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly graphUrl: string;
  readonly policyAcknowledged?: boolean | string;
  readonly webhook?: WebhookBy;
}

export interface ConnectDeps {
  readonly changing: Changing;
  readonly credentials: CredentialsStore;
  readonly metaOf: MetaOf;
  readonly keys: Keyring;
  readonly clock: Clock;
  readonly config: { readonly callbackUrl: string; readonly graphHosts: readonly string[] };
  /** Whether the account is connected already, as its stream has it. */
  readonly isConnected: (accountId: string) => Promise<boolean>;
  /** Claims the WABA for a workspace; false where another one has it. */
  readonly claimWaba: (wabaId: string, workspaceId: string) => Promise<boolean>;
}

/**
 * Connects a business account: looks at Meta, keeps the credentials, subscribes the webhook, and only then says that the
 * account is connected. Done again after a crash in between, it ends in the same place.
 */
export function connectAccount(deps: ConnectDeps) {
  const { changing, credentials, metaOf, keys, clock, config } = deps;
  const connect = async (request: ConnectRequest, accountId: string, by: By) => {
    const { name, wabaId, accessToken, appId, appSecret, graphUrl } = request;
    const whyNot = whyNotGraph(graphUrl, config.graphHosts);
    if (whyNot !== undefined) return refuse('graph-url-not-allowed', `graphUrl ${whyNot}.`);
    if (await deps.isConnected(accountId)) {
      return refuse('conflict', `WABA ${wabaId} is connected already; rotate its credentials instead.`);
    }
    const meta = metaOf({ accessToken, graphUrl });
    const look = await lookAtMeta(meta, { wabaId, appId, appSecret });
    const { callbackUrl } = config;
    const found = connectionChecks(look, { wabaId, appId, callbackUrl, now: clock.now() });
    if (!isUsable(found)) {
      const because = 'The account cannot be connected yet: see the checks.';
      return { ...refuse('connection-refused', because), checks: found };
    }
    const credentialsVersion = 1;
    const { workspaceId } = by;
    if (!(await deps.claimWaba(wabaId, workspaceId))) return refuse('conflict', inAnotherWorkspace(wabaId));
    const kept = { accountId, workspaceId, wabaId, appId, graphUrl, credentialsVersion };
    await credentials.keep(kept, { accessToken, appSecret });
    const webhookBy = request.webhook ?? 'account';
    const place = { accountId, wabaId, appId, appSecret, callbackUrl, by: webhookBy };
    const webhook = await subscribe(meta, keys, place);
    const portfolioId = portfolioIdOf(look, wabaId);
    await recordNumbers(changing, by, { accountId, wabaId, portfolioId }, { look, meta });
    const checks = [...found, ...webhook];
    const command = {
      ...{ accountId, name, wabaId, portfolioId, appId, graphUrl, credentialsVersion, checks },
      ...{ webhookBy, callbackUrl: webhook[0]?.ok ? callbackUrl : undefined },
      verdict: verdictOf(look, checks, credentialsVersion),
    };
    return changing.create(by, accountId, businessAccount, (state) => decide(command, state));
  };

  return async (request: ConnectRequest, by: By) => {
    const accountId = derivedId.account(by.workspaceId, request.wabaId);
    const connected = (await changing.created(by, accountId)) ?? (await connect(request, accountId, by));
    if (isRefusal(connected)) return connected;
    const confirmed = policiesRead(request.policyAcknowledged);
    const read = await changing.change(by, accountId, businessAccount, (state) =>
      confirmReadiness({ confirmed, by: by.actor, now: clock.now() }, state),
    );
    const now = clock.now();
    const announced = await changing.change(by, accountId, businessAccount, (state) => announceExpiry({ now }, state));
    await changing.shown([connected, read, announced]);
    return { accountId };
  };
}

function inAnotherWorkspace(wabaId: string): string {
  return `WABA ${wabaId} is connected in another workspace of this installation. Meta delivers an account's webhooks once, so it can belong to one workspace only: use it there, or connect another account.`;
}

function policiesRead(acknowledged: boolean | string | undefined): Record<string, ReadinessClaim> {
  if (acknowledged === undefined || acknowledged === false) return {};
  const claim = { confirmed: true, note: acknowledged === true ? undefined : acknowledged };
  return { 'messaging-policy-read': claim, 'commerce-policy-read': claim };
}

export const ConnectAccount = Symbol('ConnectAccount');
export type ConnectAccount = ReturnType<typeof connectAccount>;
