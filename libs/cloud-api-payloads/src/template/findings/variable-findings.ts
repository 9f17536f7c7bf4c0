import { variablesIn } from '../variables';
import { finding, type Finding } from './catalogue';

const anyBraces = /\{\{([^{}]*)\}\}/g;
const positional = /^[1-9]\d{0,2}$/;
const named = /^[a-z][a-z0-9_]{0,99}$/;

interface Text {
  readonly text: string;
  readonly path: string;
  readonly named: boolean;
}

function malformed({ text, path, named: isNamed }: Text): Finding[] {
  const form = isNamed ? named : positional;
  const bad = [...text.matchAll(anyBraces)].map((match) => match[1] as string).filter((name) => !form.test(name));
  // Braces left over once every variable is taken out: {{1}, {1}}, {{ … without an end.
  const rest = text.replace(anyBraces, '');
  const broken = rest.includes('{{') || rest.includes('}}');
  if (!bad.length && !broken) return [];
  return [
    finding(
      'variable-malformed',
      path,
      bad.length
        ? bad
            .slice(0, 3)
            .map((name) => `{{${name}}}`)
            .join(', ')
        : 'unpaired braces',
    ),
  ];
}

function unordered({ text, path }: Text): Finding[] {
  const numbers = variablesIn(text)
    .map(Number)
    .sort((a, b) => a - b);
  const sequential = numbers.every((number, index) => number === index + 1);
  return sequential ? [] : [finding('variable-order', path, numbers.slice(0, 10).join(', '))];
}

/** What is wrong with how a text's variables are written and numbered. */
export function variableFindings(text: Text): Finding[] {
  const bad = malformed(text);
  if (bad.length || text.named) return bad;
  return unordered(text);
}

const words = (text: string): number => text.replace(anyBraces, ' ').match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

/** Scripts that write without spaces: there a word cannot be counted, so letters are, two for a word. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

function density({ text, path }: Text): Finding[] {
  const count = [...text.matchAll(anyBraces)].length;
  const said = words(text) + Math.floor((text.match(unspaced)?.length ?? 0) / 2);
  if (count === 0 || said >= 2 * count + 1) return [];
  // Meta does not publish the ratio: only what is plainly too dense is an error.
  const detail = `${count} variables, ${said} words`;
  return [finding('variable-density', path, detail, said < count ? 'error' : 'warning')];
}

/** What is wrong with where a body's variables stand. */
export function placementFindings(part: Text): Finding[] {
  const text = part.text.trim();
  const findings: Finding[] = [];
  if (/^\{\{[^{}]*\}\}/.test(text) || /\{\{[^{}]*\}\}$/.test(text))
    findings.push(finding('variable-at-edge', part.path));
  if (/\}\}\s*\{\{/.test(text)) findings.push(finding('variables-adjacent', part.path));
  return [...findings, ...density(part)];
}
