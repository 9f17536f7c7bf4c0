import { isRefusal, refuse, type Clock } from '@postrider/decider';
import type { By, Changing } from '@postrider/service-host';
import {
  announceExpiry,
  businessAccount,
  rotateCredentials as decide,
  type BusinessAccount,
} from '../business-account/business-account.decider';
import type { CredentialsStore } from '../credentials/credentials';
import type { MetaOf } from '../meta/account-at-meta';
import { connectionChecks, isUsable, verdictOf } from '../meta/connection-checks';
import { lookAtMeta } from '../meta/look';

export interface RotateRequest {
  readonly accessToken: string;
  readonly appSecret?: string;
  readonly appId?: string;
}

export interface RotateDeps {
  readonly changing: Changing;
  readonly credentials: CredentialsStore;
  readonly metaOf: MetaOf;
  readonly clock: Clock;
  readonly config: { readonly callbackUrl: string };
}

/**
 * Takes a new token, and a new app secret where there is one. The new credentials are tried at Meta first; those before
 * stay good for the overlap, so that nothing under way fails.
 */
export function rotateCredentials({ changing, credentials, metaOf, clock, config }: RotateDeps) {
  return async (account: BusinessAccount, request: RotateRequest, by: By) => {
    const { accountId, wabaId, graphUrl } = account;
    const held = await credentials.current(accountId);
    if (!held) throw new Error(`account ${accountId} is connected and has no credentials`);
    const appId = request.appId ?? held.appId;
    if (appId !== held.appId && request.appSecret === undefined) {
      return refuse('malformed', 'Another app has another secret: give appSecret too.');
    }
    const { accessToken, appSecret = held.appSecret } = request;
    const look = await lookAtMeta(metaOf({ accessToken, graphUrl }), { wabaId, appId, appSecret });
    const checks = connectionChecks(look, { wabaId, appId, callbackUrl: config.callbackUrl, now: clock.now() });
    if (!isUsable(checks)) {
      return { ...refuse('connection-refused', 'The new token cannot be used: see the checks.'), checks };
    }
    const credentialsVersion = held.credentialsVersion + 1;
    const { workspaceId } = by;
    await credentials.keep(
      { accountId, workspaceId, wabaId, appId, graphUrl, credentialsVersion },
      { accessToken, appSecret },
    );
    const verdict = verdictOf(look, checks, credentialsVersion);
    const changed = await changing.change(by, accountId, businessAccount, (state) => decide({ verdict }, state));
    if (isRefusal(changed)) return changed;
    const now = clock.now();
    const announced = await changing.change(by, accountId, businessAccount, (state) => announceExpiry({ now }, state));
    await changing.shown([changed, announced]);
    return { accountId };
  };
}

export const RotateCredentials = Symbol('RotateCredentials');
export type RotateCredentials = ReturnType<typeof rotateCredentials>;
