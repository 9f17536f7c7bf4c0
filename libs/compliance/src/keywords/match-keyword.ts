import type { KeywordSet, KeywordsPolicy } from '../policies/keywords';
import { defaultKeywords } from './default-keywords';
import { foldWords } from './fold-words';

/** A stop is never mistaken for something else, whatever else the words could mean. */
const order: Readonly<Record<KeywordSet['does'], number>> = { 'opt-out': 0, 'opt-in': 1, help: 2, reply: 3 };

const han = /\p{Script=Han}/u;

interface Prepared {
  readonly set: KeywordSet;
  readonly words: ReadonlySet<string>;
}

const preparedOf = new WeakMap<KeywordsPolicy, readonly Prepared[]>();

/**
 * The keyword set that a person's words belong to, if any. All sets hold whatever language the person is known to speak,
 * as people stop in the language they like; where several fit, a stop wins over a start, that over help and that over
 * other replies, the workspace's own sets over the built-in ones, and the person's language over another.
 */
export function matchKeyword(
  text: string,
  policy: KeywordsPolicy,
  /** Two or three letters, or as Meta writes it ("es_MX"). */
  language?: string,
): KeywordSet | undefined {
  const said = foldWords(text);
  if (said === '') return undefined;
  const spoken = language?.split(/[-_]/)[0]?.toLowerCase();
  let best: { set: KeywordSet; rank: number } | undefined;
  for (const { set, words } of prepared(policy)) {
    if (!isIn(said, set.match, words)) continue;
    const rank = order[set.does] * 2 + (set.language !== undefined && set.language !== spoken ? 1 : 0);
    if (best === undefined || rank < best.rank) best = { set, rank };
  }
  return best?.set;
}

function isIn(said: string, match: KeywordSet['match'], words: ReadonlySet<string>): boolean {
  if (match === 'whole') return words.has(said);
  const padded = ` ${said} `;
  // Chinese has no spaces between its words.
  return [...words].some((word) => padded.includes(han.test(word) ? word : ` ${word} `));
}

function prepared(policy: KeywordsPolicy): readonly Prepared[] {
  let known = preparedOf.get(policy);
  if (known === undefined) {
    const sets = policy.includeDefaults ? [...policy.sets, ...defaultKeywords] : policy.sets;
    known = sets.map((set) => ({ set, words: new Set(set.words.map(foldWords)) }));
    preparedOf.set(policy, known);
  }
  return known;
}
