/** In which language something is wanted; Meta's spelling (`en_US`), or with a hyphen as browsers write it. */
export interface LanguageWish {
  /** Fixed by whoever sends: then the person's does not count. */
  readonly asked?: string | undefined;
  /** The person's own. */
  readonly person?: string | undefined;
  /** Instead of one that there is not. */
  readonly fallback?: string | undefined;
  /** The channel's, after everything else. */
  readonly channel?: string | undefined;
}

export interface ChosenLanguage {
  readonly language: string;
  /** Whose wish it was; `only` where nothing was wished for and there is one. */
  readonly by: 'asked' | 'person' | 'fallback' | 'channel' | 'only';
}

/**
 * The locale rule: the language that was asked for, else the person's (exactly, without its region, or in the only region
 * there is), else the fallback, else the channel's. Where nothing was asked for and no fallback named, the only one there is. Undefined where none fits.
 */
export function chooseLanguage(wish: LanguageWish, available: Iterable<string>): ChosenLanguage | undefined {
  const there = new Set(available);
  const { asked, fallback, channel } = wish;
  const wanted = [
    ...(asked === undefined ? ofPerson(wish.person, there) : [said('asked', asked)]),
    said('fallback', fallback),
    said('channel', channel),
  ];
  const found = wanted.find((each) => each !== undefined && there.has(each.language));
  if (found !== undefined) return found;
  const [only] = there;
  return asked === undefined && fallback === undefined && there.size === 1 ? said('only', only) : undefined;
}

function ofPerson(wished: string | undefined, there: ReadonlySet<string>): (ChosenLanguage | undefined)[] {
  if (wished === undefined) return [];
  const exact = wished.replace('-', '_');
  const [plain] = exact.split('_');
  const regions = [...there].filter((each) => each.split('_')[0] === plain);
  return [exact, plain, regions.length === 1 ? regions[0] : undefined].map((each) => said('person', each));
}

const said = (by: ChosenLanguage['by'], language: string | undefined): ChosenLanguage | undefined =>
  language === undefined ? undefined : { language, by };
