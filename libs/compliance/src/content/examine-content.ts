import { barredGoodsIn } from './barred-goods';
import { holdsCardNumber } from './card-numbers';
import { nationalIdsIn } from './national-ids';

/** What was found in a message's words, without the words. */
export interface ContentFindings {
  readonly cardNumber: boolean;
  /** Kinds of national identity number. */
  readonly nationalIds: readonly string[];
  /** Kinds of goods that Meta's commerce policy bars. */
  readonly barredGoods: readonly string[];
  /** Fields that are over Meta's limits, by path. */
  readonly overLimits?: readonly string[];
}

const nothing: ContentFindings = { cardNumber: false, nationalIds: [], barredGoods: [] };

/** Looks through the words that a message puts before a person: parameters, text, captions. Each is looked at alone. */
export function examineContent(texts: Iterable<string>): ContentFindings {
  let findings = nothing;
  for (const text of texts) {
    const nationalIds = nationalIdsIn(text);
    const barredGoods = barredGoodsIn(text);
    const cardNumber = holdsCardNumber(text);
    if (!cardNumber && nationalIds.length === 0 && barredGoods.length === 0) continue;
    findings = {
      cardNumber: findings.cardNumber || cardNumber,
      nationalIds: [...new Set([...findings.nationalIds, ...nationalIds])],
      barredGoods: [...new Set([...findings.barredGoods, ...barredGoods])],
    };
  }
  return findings;
}

/** Where words stand that are not for a person: ids, addresses, codes of a format. */
const notWords: ReadonlySet<string> = new Set([
  'type',
  'id',
  'link',
  'url',
  'message_id',
  'code',
  'sub_type',
  'payload',
]);

/** The words in a Cloud API object of any type, for `examineContent`. */
export function* wordsIn(content: unknown): Generator<string> {
  if (typeof content === 'string') yield content;
  else if (Array.isArray(content)) for (const item of content) yield* wordsIn(item);
  else if (typeof content === 'object' && content !== null) {
    for (const [key, value] of Object.entries(content)) if (!notWords.has(key)) yield* wordsIn(value);
  }
}
