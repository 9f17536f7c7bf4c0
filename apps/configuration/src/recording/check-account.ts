import type { Clock } from '@postrider/decider';
import type { Check, WebhookBy } from '@postrider/event-contracts';
import type { Keyring } from '@postrider/keys';
import type { By, Changing } from '@postrider/service-host';
import {
  announceExpiry,
  businessAccount,
  restoreAccount,
  rotateCredentials,
  subscribeWebhook,
  verifyCredentials,
  type BusinessAccount,
} from '../business-account/business-account.decider';
import type { CredentialsStore } from '../credentials/credentials';
import type { MetaOf } from '../meta/account-at-meta';
import { connectionChecks, isUsable, verdictOf } from '../meta/connection-checks';
import { lookAtMeta } from '../meta/look';
import { recordNumbers } from './record-numbers';
import { isSubscribed, subscribe } from './subscribe';

export interface CheckDeps {
  readonly changing: Changing;
  readonly credentials: CredentialsStore;
  readonly metaOf: MetaOf;
  readonly keys: Keyring;
  readonly clock: Clock;
  readonly config: { readonly callbackUrl: string };
}

/**
 * One look at Meta for a connected account, and everything that follows: the token's verdict, the numbers, the webhook,
 * a token that ends soon, a restriction that ran out. Gives the checks. `asked` has the verdict
 * written down even when nothing changed.
 */
export function checkAccount(deps: CheckDeps) {
  const { changing, credentials, metaOf, keys, clock, config } = deps;
  return async (
    account: BusinessAccount,
    by: By,
    asked: boolean,
    change: { readonly webhookBy?: WebhookBy | undefined } = {},
  ): Promise<readonly Check[]> => {
    const { accountId, wabaId, portfolioId } = account;
    const held = await credentials.current(accountId);
    if (!held) throw new Error(`account ${accountId} is connected and has no credentials`);
    const meta = metaOf(held);
    const look = await lookAtMeta(meta, { wabaId, appId: held.appId, appSecret: held.appSecret });
    const checks = connectionChecks(look, {
      wabaId,
      appId: held.appId,
      callbackUrl: config.callbackUrl,
      now: clock.now(),
    });
    const usable = isUsable(checks);
    const { callbackUrl } = config;
    const { appId, appSecret } = held;
    const webhookBy = change.webhookBy ?? account.webhookBy ?? 'account';
    const place = { accountId, wabaId, appId, appSecret, callbackUrl, by: webhookBy };
    const subscribed = usable && !asked && (await isSubscribed(meta, place));
    const webhook = usable && !subscribed ? await subscribe(meta, keys, place) : [];
    checks.push(...webhook);
    if (usable) await recordNumbers(changing, by, { accountId, wabaId, portfolioId }, { look, meta });
    const verdict = verdictOf(look, checks, held.credentialsVersion);
    const now = clock.now();
    const changed = await changing.change(by, accountId, businessAccount, (state) => {
      // A rotation that was cut short after the new credentials were kept is ended here.
      const behind = state && verdict.good && held.credentialsVersion > state.credentialsVersion;
      return behind ? rotateCredentials({ verdict }, state) : verifyCredentials({ verdict, asked }, state);
    });
    const followed = [
      webhook[0]?.ok
        ? await changing.change(by, accountId, businessAccount, (state) =>
            subscribeWebhook({ callbackUrl, by: webhookBy }, state),
          )
        : undefined,
      await changing.change(by, accountId, businessAccount, (state) => announceExpiry({ now }, state)),
      ranOut(account, now)
        ? // Another restriction may have come since the account was read.
          await changing.change(by, accountId, businessAccount, (state) =>
            state && ranOut(state, now) ? restoreAccount({}, state) : [],
          )
        : undefined,
    ];
    await changing.shown([changed, ...followed].filter((change) => change !== undefined));
    return checks;
  };
}
export type CheckAccount = ReturnType<typeof checkAccount>;

function ranOut({ restriction }: BusinessAccount, now: Date): boolean {
  return restriction?.until !== undefined && restriction.until <= now.toISOString();
}
