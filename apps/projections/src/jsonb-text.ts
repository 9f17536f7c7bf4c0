/**
 * JSON that Postgres takes as jsonb. It knows neither NUL nor half of a surrogate pair, which a caller's reference or an
 * error's text may hold; both become the replacement character.
 */
export function jsonbText(value: unknown): string {
  const text = JSON.stringify(value);
  if (!/\\u0000|\\ud[89a-f]/i.test(text)) return text;
  return JSON.stringify(value, (_, member: unknown) => (typeof member === 'string' ? cleaned(member) : member));
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function cleaned(text: string): string {
  return text.replaceAll('\0', '\ufffd').replace(loneSurrogate, '\ufffd');
}
