import { isRefusal } from '@postrider/decider';
import { verifyToken, type Keyring } from '@postrider/keys';
import { type By, type Changing, Problem, problemOf } from '@postrider/service-host';
import type { CredentialsStore } from '../credentials/credentials';
import { MetaSaidNo, type MetaOf, type NumberAtMeta, type WebhooksAtMeta } from '../meta/account-at-meta';
import type { CheckAccount } from '../recording/check-account';
import { registerSender, sender, type Sender } from '../sender/sender.decider';
import type { ConfiguredViews } from '../views/configured';

export interface SetUpSenderDeps {
  readonly changing: Changing;
  readonly credentials: CredentialsStore;
  readonly metaOf: MetaOf;
  readonly views: ConfiguredViews;
  readonly checkAccount: CheckAccount;
  readonly keys: Keyring;
  readonly config: { readonly callbackUrl: string };
}

/** Brings a number into use at Meta, and keeps what people see of it. A refusal of Meta's is thrown as a problem. */
export function setUpSender(deps: SetUpSenderDeps) {
  const { changing, credentials, metaOf, views, checkAccount, keys } = deps;
  const { callbackUrl } = deps.config;
  async function at<T>(
    id: string,
    by: By,
    ask: (meta: NumberAtMeta & WebhooksAtMeta, known: Sender) => Promise<T>,
  ): Promise<T> {
    const row = await views.one('sender', by.workspaceId, id);
    const held = row && (await credentials.current(row.state.accountId));
    if (!held) throw new Problem('not-found', 'There is no sender with this id.');
    return ask(metaOf(held), row.state).catch((error: unknown) => {
      if (!(error instanceof MetaSaidNo)) throw error;
      throw new Problem('refused-by-meta', error.message, { metaCode: error.metaCode });
    });
  }
  return {
    requestCode: (id: string, how: { method: 'SMS' | 'VOICE'; language: string }, by: By) =>
      at(id, by, (meta, { phoneNumberId }) => meta.requestCode(phoneNumberId, how)),
    verifyCode: (id: string, code: string, by: By) =>
      at(id, by, (meta, { phoneNumberId }) => meta.verifyCode(phoneNumberId, code)),
    profile: (id: string, by: By) => at(id, by, (meta, { phoneNumberId }) => meta.profile(phoneNumberId)),
    changeProfile: (id: string, change: Record<string, unknown>, by: By) =>
      at(id, by, (meta, { phoneNumberId }) => meta.changeProfile(phoneNumberId, change)),
    /** The number's messages come to us by an address of its own, whatever the account has; or as the account's do. */
    async overrideWebhook(id: string, override: boolean, by: By): Promise<{ callbackUrl: string | null }> {
      await at(id, by, (meta, { phoneNumberId, accountId }) => {
        const webhook = { callbackUrl, verifyToken: verifyToken(keys.derive('verify-token'), accountId) };
        return meta.overrideWebhook(phoneNumberId, override ? webhook : undefined);
      });
      return { callbackUrl: override ? callbackUrl : null };
    },
    async register(id: string, pin: string, by: By): Promise<void> {
      const known = await at(id, by, async (meta, state) => {
        await meta.register(state.phoneNumberId, pin);
        return state;
      });
      const registered = await changing.change(by, id, sender, (state) => registerSender({}, state));
      if (isRefusal(registered)) throw problemOf(registered);
      const account = await views.one('business-account', by.workspaceId, known.accountId);
      // The number's state changes with it; Meta is asked, not guessed.
      if (account) await checkAccount(account.state, by, false);
      await changing.shown([registered]);
    },
  };
}
export const SetUpSender = Symbol('SetUpSender');
export type SetUpSender = ReturnType<typeof setUpSender>;
