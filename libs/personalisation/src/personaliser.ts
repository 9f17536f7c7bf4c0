import type { Template } from 'liquidjs';
import { sandbox } from './sandbox';

const engine = sandbox();

/** What a parameter of Meta's may hold at most. */
const valueMax = 1_024;

/** The variables of a template, each a text in Liquid: a list for positional ones, an object for named ones. */
export type Variables = readonly (string | number | boolean)[] | Readonly<Record<string, string | number | boolean>>;
/** What the Liquid is filled from. */
export type Data = Readonly<Record<string, unknown>>;
export type Values = readonly string[] | Readonly<Record<string, string>>;
export type Filled =
  | { readonly ok: true; readonly values: Values }
  /** `variable` is the template's (a list's by its index), `missing` what the data lacks. `because` quotes no value of the data. */
  | { readonly ok: false; readonly variable: string; readonly missing?: string; readonly because: string };

/** The variables of a template, parsed once and filled for many people. */
export interface Personaliser {
  /** The names that the Liquid asks of the data; a default does not make one less asked for. */
  readonly asks: readonly string[];
  fill(data: Data): Filled;
}

/** The Liquid of a variable cannot be read. */
export class LiquidProblem extends Error {
  override readonly name = 'LiquidProblem';
  constructor(
    readonly variable: string,
    message: string,
  ) {
    super(message);
  }
}

/** Parses the variables; throws `LiquidProblem` where the Liquid of one cannot be read. No variables fill to an empty object. */
export function personaliser(variables: Variables | undefined): Personaliser {
  const list = Array.isArray(variables);
  const parsed = Object.entries(variables ?? {}).map(([name, text]) => ({
    name,
    template: parse(name, String(text)),
    plain: plainParts(String(text)),
  }));
  const asks = [...new Set(parsed.flatMap(({ template }) => engine.globalVariablesSync(template)))];
  return {
    asks,
    fill(data) {
      const values: Record<string, string> = {};
      for (const { name, template, plain } of parsed) {
        const value = checked(plain && join(plain, data)) ?? fillOne(template, data);
        if (typeof value !== 'string') return { ok: false, variable: name, ...value };
        values[name] = value;
      }
      return { ok: true, values: list ? Object.values(values) : values };
    },
  };
}

/**
 * Text with names alone in its braces, which most variables are, cut into text and names in turn: filled in without an
 * interpreter, for whom a million people are a million programs. Undefined for anything more.
 */
function plainParts(text: string): readonly string[] | undefined {
  const parts = text.split(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/);
  const isPlain = parts.every((part, index) => (index % 2 === 0 ? !/[{}]/.test(part) : !words.has(part)));
  return isPlain ? parts : undefined;
}

/** What means something to Liquid that is not a name. */
const words: ReadonlySet<string> = new Set(['nil', 'null', 'true', 'false', 'empty', 'blank']);

/** Undefined where a value is no text or whole number, or not there: Liquid knows what is to be said then. */
function join(parts: readonly string[], data: Data): string | undefined {
  let joined = '';
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      joined += part;
      continue;
    }
    const value = Object.hasOwn(data, part) ? data[part] : undefined;
    if (typeof value !== 'string' && !Number.isSafeInteger(value)) return undefined;
    joined += String(value);
  }
  return joined;
}

function parse(name: string, text: string): Template[] {
  try {
    return engine.parse(text);
  } catch (error) {
    throw new LiquidProblem(name, firstLine(error));
  }
}

function fillOne(template: Template[], data: Data): string | { missing?: string; because: string } {
  try {
    return checked(String(engine.renderSync(template, data)))!;
  } catch (error) {
    const because = firstLine(error);
    const missing = /undefined variable: ([^\s,]+)/.exec(because)?.[1];
    return { because, ...(missing === undefined ? {} : { missing }) };
  }
}

function checked(rendered: string | undefined): string | { because: string } | undefined {
  const value = rendered?.trim();
  if (value === '') return { because: 'it comes out empty' };
  return value !== undefined && value.length > valueMax
    ? { because: `it comes out longer than ${valueMax} characters` }
    : value;
}

const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
