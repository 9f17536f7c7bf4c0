// Postgres' jsonb takes neither NUL nor lone surrogates, and people's names hold both. They are written behind U+001A
// (SUBSTITUTE), which therefore stands twice where it is meant itself.

const escapes = /\\(u[0-9a-f]{4}|.)/g;
const escaped = /\\(u001a(?:\\u001a|0|d[89a-f][0-9a-f]{2})|u[0-9a-f]{4}|.)/g;

/** JSON text that any jsonb column takes; `fromJsonb` gives the value back as it was. */
export function toJsonb(value: unknown): string {
  // JSON.stringify writes NUL, U+001A and lone surrogates, and only such, as \u escapes.
  const text = JSON.stringify(value ?? null);
  if (!text.includes('\\u')) return text;
  return text.replace(escapes, (whole, escape: string) => {
    if (escape === 'u0000') return '\\u001a0';
    if (escape === 'u001a') return '\\u001a\\u001a';
    if (/^ud[89a-f]/.test(escape)) return `\\u001a${escape.slice(1)}`;
    return whole;
  });
}

/** The value behind the text of a jsonb column (`column::text`). */
export function fromJsonb(text: string): unknown {
  if (!text.includes('\\u001a')) return JSON.parse(text);
  const plain = text.replace(escaped, (whole, escape: string) => {
    if (!escape.startsWith('u001a') || escape.length === 5) return whole;
    const meant = escape.slice(5);
    if (meant === '0') return '\\u0000';
    return meant === '\\u001a' ? meant : `\\u${meant}`;
  });
  return JSON.parse(plain);
}
