import type { ShownBy } from './contact.decider';
import type { KnownPerson } from './people';

/** Why an alias is linked that another contact had. */
export const handedOn = 'handed-on';

export const isUserKey = (aliasKey: string): boolean => aliasKey.startsWith('u.');

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
