/** How a person behaves, told by the last two digits of the number or BSUID. */
export type Persona =
  | 'reads'
  | 'does-not-read'
  | 'sent-only'
  | 'not-on-whatsapp'
  | 'held-back'
  | 'stopped-marketing'
  | 'answers'
  | 'answers-stop'
  | 'fails-late'
  | 'slow'
  | 'read-before-delivered'
  | 'duplicated';

const named: Readonly<Record<string, Persona>> = {
  '90': 'not-on-whatsapp',
  '91': 'held-back',
  '92': 'stopped-marketing',
  '93': 'answers',
  '94': 'answers-stop',
  '95': 'fails-late',
  '96': 'slow',
  '97': 'read-before-delivered',
  '98': 'duplicated',
};

/** 00–79 and 99 read, 80–86 do not read, 87–89 stay at sent; 90–98 have a name each. */
export function personaOf(lastTwoDigits: string): Persona {
  const known = named[lastTwoDigits];
  if (known) return known;
  const number = Number(lastTwoDigits);
  if (number >= 87 && number <= 89) return 'sent-only';
  if (number >= 80 && number <= 86) return 'does-not-read';
  return 'reads';
}
