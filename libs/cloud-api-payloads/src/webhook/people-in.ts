import { isUserId } from './person';

/** Whom something names by number or user id, as far as that can be told without knowing its form. */
export interface PeopleIn {
  /** Digits. */
  readonly phones: readonly string[];
  readonly userIds: readonly string[];
  /** Whether at least one of them surely is a person: digits alone may be anything. */
  readonly certain: boolean;
}

/** Members whose value is a person's number, by whatever Meta calls it next. */
const namesAPerson =
  /^(from|to|input|phone|phone_number|wa_?id|recipient(_id)?|.*(participant|customer|consumer)_id)$/i;
/** Members that hold digits and nobody: times, our own numbers, ids of things. */
const namesNobody = /(^|_)(timestamp|time|at|display_phone_number|id|version|code|count|size|price|amount)$/i;
const userIdInText = /(?<![A-Za-z0-9.])[A-Z]{2}\.(?!ENT\.)[A-Za-z0-9]{6,128}(?![A-Za-z0-9])/g;
/** With a plus also as people write it, in groups; without one in a row. */
const numberInText = /\+[1-9](?:[ ().-]{0,2}\d){6,14}(?!\d)|(?<![\d.])[1-9]\d{6,14}(?!\d)/g;
const depthMax = 64;

/**
 * The people whom a JSON value of unknown form names: user ids, and what may be a phone number. It finds rather too many
 * than too few; whom only a name or words tell, it does not find.
 */
export function peopleIn(value: unknown): PeopleIn {
  const phones = new Set<string>();
  const userIds = new Set<string>();
  let certain = false;
  const found = (person: 'surely' | 'perhaps', digits: string): void => {
    if (person === 'perhaps' && isNoNumber(digits)) return;
    phones.add(digits);
    certain ||= person === 'surely';
  };

  function text(member: string, said: string): void {
    const named = isOneUserId(said) ? [said] : (said.match(userIdInText) ?? []);
    for (const userId of named) {
      userIds.add(userId);
      certain = true;
    }
    // A user id may hold digits enough for a number.
    const rest = named.reduce((text, userId) => text.replaceAll(userId, ' '), said);
    const told = namesAPerson.test(member);
    if (!told && namesNobody.test(member)) return;
    for (const number of rest.match(numberInText) ?? [])
      found(told || number.startsWith('+') ? 'surely' : 'perhaps', number.replace(/\D/g, ''));
  }

  function walk(member: string, each: unknown, depth: number): void {
    if (typeof each === 'string') return text(member, each);
    if (typeof each === 'number') return text(member, String(each));
    if (typeof each !== 'object' || each === null || depth > depthMax) return;
    for (const [name, inner] of Object.entries(each)) {
      // Lists of numbers are of the kind that their member says; some forms have the number for the member's name.
      if (!Array.isArray(each)) text('', name);
      walk(Array.isArray(each) ? member : name, inner, depth + 1);
    }
  }

  walk('', value, 0);
  return { phones: [...phones], userIds: [...userIds], certain };
}

/** A parent's id, over linked portfolios, is no alias of a person here. */
const isOneUserId = (text: string): boolean => isUserId(text) && !/^[A-Z]{2}\.ENT\./.test(text);

/** Behind +1 stand ten digits; other rows of digits that begin so are times in seconds or milliseconds. */
const isNoNumber = (digits: string): boolean => digits.startsWith('1') && digits.length !== 11;
