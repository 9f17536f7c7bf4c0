import {
  MetaSaidNo,
  type AccountAtMeta,
  type PhoneNumberFacts,
  type TokenFacts,
  type WabaFacts,
} from './account-at-meta';

/** One question to Meta: what it answered, or why it said no. */
export type Answer<T> = { readonly said: T } | { readonly refused: MetaSaidNo };

/** Everything one look at Meta brought, good or bad, without judging it. */
export interface Look {
  readonly token: Answer<TokenFacts>;
  /** Whether the secret is the app's: it proves who signed a webhook. */
  readonly secret: Answer<void>;
  readonly account: Answer<WabaFacts>;
  readonly numbers: Answer<readonly PhoneNumberFacts[]>;
  /** Of the portfolio, where that may be seen. */
  readonly accounts?: Answer<readonly { readonly id: string; readonly name?: string }[]>;
  /** What the id names instead, where it is no business account. */
  readonly mistakenFor?: { readonly id: string; readonly name?: string };
}

/** Asks Meta everything a connection rests on. Throws `MetaUnreachable` where nothing could be learnt. */
export async function lookAtMeta(
  meta: AccountAtMeta,
  { wabaId, ...app }: { readonly wabaId: string; readonly appId: string; readonly appSecret: string },
): Promise<Look> {
  const [token, account, secret] = await Promise.all([
    answer(meta.inspectToken()),
    answer(meta.account(wabaId)),
    answer(meta.checkSecret(app)),
  ]);
  const numbers = await answer(meta.phoneNumbers(wabaId));
  if (!('refused' in account)) {
    const { portfolio } = account.said;
    const accounts = portfolio && (await answer(meta.accountsOf(portfolio.id)));
    return { token, secret, account, numbers, ...(accounts && { accounts }) };
  }
  const named = await answer(meta.businessNamed(wabaId));
  return { token, secret, account, numbers, mistakenFor: 'said' in named ? named.said : undefined };
}

/** What Meta answers; throws where it cannot be reached. */
export async function answer<T>(asked: Promise<T>): Promise<Answer<T>> {
  try {
    return { said: await asked };
  } catch (error) {
    if (error instanceof MetaSaidNo) return { refused: error };
    throw error;
  }
}
