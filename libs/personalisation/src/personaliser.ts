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
  const parsed = Object.entries(variables ?? {}).map(([name, text]) => ({ name, template: parse(name, String(text)) }));
  const asks = [...new Set(parsed.flatMap(({ template }) => engine.globalVariablesSync(template)))];
  return {
    asks,
    fill(data) {
      const values: Record<string, string> = {};
      for (const { name, template } of parsed) {
        const value = fillOne(template, data);
        if (typeof value !== 'string') return { ok: false, variable: name, ...value };
        values[name] = value;
      }
      return { ok: true, values: list ? Object.values(values) : values };
    },
  };
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
    const value = String(engine.renderSync(template, data)).trim();
    if (value === '') return { because: 'it comes out empty' };
    if (value.length > valueMax) return { because: `it comes out longer than ${valueMax} characters` };
    return value;
  } catch (error) {
    const because = firstLine(error);
    const missing = /undefined variable: ([^\s,]+)/.exec(because)?.[1];
    return { because, ...(missing === undefined ? {} : { missing }) };
  }
}

const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
