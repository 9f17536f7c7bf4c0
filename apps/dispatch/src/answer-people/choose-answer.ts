import { matchKeyword, quietUntil, type Policies, type ReplyRule } from '@postrider/compliance';

/** A text that answers a person, and the rule that may not say it again too soon. */
export interface Answer {
  readonly rule: string;
  readonly text: string;
  readonly everyHours: number;
}

export interface Question {
  /** What the person wrote, where it has words. */
  readonly words?: string;
  readonly language?: string;
  readonly at: Date;
}

const keywordAgainHours = 24;
const afterKeyword = { 'opt-out': 'after-opt-out', 'opt-in': 'after-opt-in', help: 'help' } as const;

/**
 * The answers that the policies have for a message, the fittest first. A keyword is answered as its set or the rules say,
 * and by nothing else; without one, the first message ever, then the time of day, then anything.
 */
export function chooseAnswers(
  { keywords, replies }: Pick<Policies, 'keywords' | 'replies'>,
  question: Question,
): Answer[] {
  const { words, language, at } = question;
  const set = words === undefined ? undefined : matchKeyword(words, keywords, language);
  if (set?.reply !== undefined) {
    return [{ rule: `keyword ${set.name}`, text: set.reply.text, everyHours: keywordAgainHours }];
  }
  const by = (when: ReplyRule['when'], spoken = language): Answer[] => {
    const rule = fittest(replies.rules, when, spoken);
    return rule === undefined ? [] : [{ rule: when, text: rule.reply.text, everyHours: rule.everyHours }];
  };
  if (set !== undefined) return set.does === 'reply' ? [] : by(afterKeyword[set.does], language ?? set.language);
  // What nobody shall get twice is said once in a hundred years.
  const first = by('first-message').map((answer) => ({ ...answer, everyHours: 876_000 }));
  return [...first, ...(isOutsideHours(replies, at) ? by('outside-hours') : []), ...by('no-keyword')];
}

/** In the person's language, else the one without a language, else the first. */
function fittest(rules: readonly ReplyRule[], when: ReplyRule['when'], language?: string): ReplyRule | undefined {
  const spoken = language?.split(/[-_]/)[0]?.toLowerCase();
  const fitting = rules.filter((rule) => rule.when === when);
  return (
    fitting.find((rule) => rule.language !== undefined && rule.language === spoken) ??
    fitting.find((rule) => rule.language === undefined) ??
    fitting[0]
  );
}

/** The hours in which nobody is there are those of the workspace: its own zone, or the one that stands in. */
function isOutsideHours({ hours }: Policies['replies'], at: Date): boolean {
  if (hours === undefined) return false;
  const zone = hours.timeZone === 'recipient' ? (hours.fallbackTimeZone ?? 'UTC') : hours.timeZone;
  return quietUntil([{ zones: [zone], periods: hours }], at.getTime()) !== at.getTime();
}
