import { ContactSeen, IdentityLinked, type RecordedEvent } from '@postrider/event-contracts';
import type { ShownBy } from './contact.decider';
import type { KnownPerson } from './people';

/** Why an alias is linked that another contact had. */
export const handedOn = 'handed-on';

export const isUserKey = (aliasKey: string): boolean => aliasKey.startsWith('u.');

/** A number that Meta showed with a user id, and where; undefined where it showed no such pair. */
export function shownPair(
  keys: readonly string[],
  shownBy: ShownBy | undefined,
): { readonly phoneKey: string; readonly userKey: string; readonly shownBy: ShownBy } | undefined {
  const phoneKey = keys.find((key) => !isUserKey(key));
  const userKey = keys.find(isUserKey);
  if (shownBy === undefined || phoneKey === undefined || userKey === undefined) return undefined;
  return { phoneKey, userKey, shownBy };
}

/**
 * What it means that Meta shows a number with a user id. A user id is one person's for ever within its portfolio; numbers
 * are handed on. So a number whose holder goes by other user ids there is somebody else's from then on (`taken`), unless
 * that is older than what is known (`past`).
 */
export function whoseNumber(holder: KnownPerson, userKey: string, shownBy: ShownBy): 'theirs' | 'taken' | 'past' {
  const userKeys = holder.aliases.filter((alias) => isUserKey(alias.key) && alias.portfolioId === shownBy.portfolioId);
  if (userKeys.length === 0 || userKeys.some(({ key }) => key === userKey)) return 'theirs';
  const since = Math.max(...userKeys.map(({ shownAt }) => (shownAt === null ? 0 : Date.parse(shownAt))), holder.since);
  return Date.parse(shownBy.at) > since ? 'taken' : 'past';
}

/** The user ids that Meta showed a contact with in a portfolio, as its stream has them. */
export function shownUserKeys(events: readonly RecordedEvent[], portfolioId: string): string[] {
  return events.flatMap(({ type, data, aliasKeys }) => {
    const { shownBy, aliasKey } = data as { shownBy?: ShownBy; aliasKey?: string };
    if (shownBy?.portfolioId !== portfolioId) return [];
    if (type === ContactSeen.type) return aliasKeys.filter(isUserKey);
    return type === IdentityLinked.type && aliasKey !== undefined && isUserKey(aliasKey) ? [aliasKey] : [];
  });
}
