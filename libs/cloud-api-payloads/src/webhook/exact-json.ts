/** Why a text was refused as JSON. */
export type JsonRefusal = 'not-utf8' | 'not-json' | 'too-deep' | 'too-dense';
export type ExactJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: JsonRefusal; readonly because: string };

const depthMax = 64;
/** Bytes that V8 needs for one object or list, and for one member; a text under the slack may hold anything. */
const bytesPerContainer = 64;
const bytesPerMember = 24;
const slackBytes = 512 * 1024;
/** Beyond this many bytes of structure for each character the text is not data but an attack on memory. */
const densityMax = 8;

const quote = 34;
const backslash = 92;

function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

/** Whether digits from `start` to `end` are an integer that a double cannot hold exactly. */
function isInexact(text: string, start: number, end: number): boolean {
  const before = text[start - 1];
  if (before === '.' || before === 'e' || before === 'E' || before === '+') return false;
  if (before === '-' && (text[start - 2] === 'e' || text[start - 2] === 'E')) return false;
  const after = text[end];
  if (after === '.' || after === 'e' || after === 'E') return false;
  return !Number.isSafeInteger(Number(text.slice(start, end)));
}

interface Scan {
  readonly refused?: JsonRefusal;
  readonly text: string;
}

/** One pass over the text: measures depth and density, and puts quotes round the integers that would lose digits. */
function scan(text: string): Scan {
  const pieces: string[] = [];
  let copied = 0;
  let depth = 0;
  let weight = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = endOfString(text, at);
      if (end === -1) return { refused: 'not-json', text };
      at = end;
    } else if (code === 123 || code === 91) {
      weight += bytesPerContainer;
      if (++depth > depthMax) return { refused: 'too-deep', text };
    } else if (code === 125 || code === 93) depth--;
    else if (code === 44 || code === 58) weight += bytesPerMember;
    else if (code >= 48 && code <= 57) {
      let end = at + 1;
      while (text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
      if (end - at >= 16 && isInexact(text, at, end)) {
        const start = text[at - 1] === '-' ? at - 1 : at;
        pieces.push(text.slice(copied, start), '"', text.slice(start, end), '"');
        copied = end;
      }
      at = end - 1;
    }
  }
  if (weight > slackBytes + densityMax * text.length) return { refused: 'too-dense', text };
  return { text: copied === 0 ? text : pieces.join('') + text.slice(copied) };
}

const because: Record<JsonRefusal, string> = {
  'not-utf8': 'the bytes are not UTF-8',
  'not-json': 'the text is not JSON',
  'too-deep': `nested deeper than ${depthMax} levels`,
  'too-dense': 'too much structure for its length',
};
const refuse = (code: JsonRefusal): ExactJson => ({ ok: false, code, because: because[code] });

/**
 * Parses JSON without losing digits: integers that a double cannot hold (Meta's 64-bit template ids) come out as
 * strings. Text nested deeper than 64 levels, or that would take many times its length in memory, is refused.
 */
export function parseExactJson(input: Uint8Array | string): ExactJson {
  let text: string;
  try {
    text = typeof input === 'string' ? input : new TextDecoder('utf-8', { fatal: true }).decode(input);
  } catch {
    return refuse('not-utf8');
  }
  const scanned = scan(text);
  if (scanned.refused) return refuse(scanned.refused);
  try {
    return { ok: true, value: JSON.parse(scanned.text) };
  } catch {
    return refuse('not-json');
  }
}
