/** In which language something is wanted; Meta's spelling (`en_US`), or with a hyphen as browsers write it. */
export interface LanguageWish {
  /** Fixed by whoever sends: then the person's does not count. */
  readonly asked?: string;
  /** The person's own. */
  readonly person?: string;
  /** Instead of one that there is not. */
  readonly fallback?: string;
  /** The channel's, after everything else. */
  readonly channel?: string;
}

/**
 * The locale rule: the language that was asked for, else the person's, exactly or without its region, else the fallback,
 * else the channel's. Where nothing was asked for and no fallback named, the only one there is. Undefined where none fits.
 */
export function chooseLanguage(wish: LanguageWish, available: Iterable<string>): string | undefined {
  const there = new Set(available);
  const person = wish.person?.replace('-', '_');
  const wanted = wish.asked === undefined ? [person, person?.split('_')[0]] : [wish.asked];
  const found = [...wanted, wish.fallback, wish.channel].find((each) => each !== undefined && there.has(each));
  if (found !== undefined) return found;
  const [only] = there;
  return wish.asked === undefined && wish.fallback === undefined && there.size === 1 ? only : undefined;
}
