import { isRefusal } from '@postrider/decider';
import { type By, type Changing, Problem, problemOf } from '@postrider/service-host';
import type { CredentialsStore } from '../credentials/credentials';
import { MetaSaidNo, type MetaOf, type NumberAtMeta } from '../meta/account-at-meta';
import type { CheckAccount } from '../recording/check-account';
import { registerSender, sender, type Sender } from '../sender/sender.decider';
import type { ConfiguredViews } from '../views/configured';

export interface SetUpSenderDeps {
  readonly changing: Changing;
  readonly credentials: CredentialsStore;
  readonly metaOf: MetaOf;
  readonly views: ConfiguredViews;
  readonly checkAccount: CheckAccount;
}

/** Brings a number into use at Meta, and keeps what people see of it. A refusal of Meta's is thrown as a problem. */
export function setUpSender({ changing, credentials, metaOf, views, checkAccount }: SetUpSenderDeps) {
  async function at<T>(id: string, by: By, ask: (meta: NumberAtMeta, known: Sender) => Promise<T>): Promise<T> {
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
