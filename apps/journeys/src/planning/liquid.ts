import type { CampaignDesign } from '@postrider/event-contracts';
import { Liquid, type Template } from 'liquidjs';

/** What reads files or other templates; a value of a variable has no business with either. */
const barred = ['include', 'render', 'layout', 'block', 'liquid'];

/**
 * Liquid without files, prototypes or endless loops: what is not there is an error that names it, a render is limited in
 * work and memory. https://liquidjs.com/tutorials/dos.html
 */
function sandbox(): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    parseLimit: 10_000,
    renderLimit: 50,
    memoryLimit: 100_000,
    templates: {},
    cache: false,
  });
  for (const tag of barred) delete (engine.tags as Record<string, unknown>)[tag];
  return engine;
}

const engine = sandbox();

/** What a parameter of Meta's may hold at most. */
const valueMax = 1_024;

export type Row = Readonly<Record<string, unknown>>;
export type Values = readonly string[] | Readonly<Record<string, string>>;
export type Filled =
  | { readonly ok: true; readonly values: Values }
  /** `variable` is the template's, `missing` what the row lacks. */
  | { readonly ok: false; readonly variable: string; readonly missing?: string; readonly because: string };

/** The variables of a design, parsed once and rendered for many people. */
export interface Renderer {
  /** The names that the Liquid asks of a row; a default does not make one less asked for. */
  readonly asks: readonly string[];
  render(row: Row): Filled;
}

/** Throws `LiquidProblem` where the Liquid of a variable cannot be read. */
export function renderer(variables: CampaignDesign['variables']): Renderer {
  const list = Array.isArray(variables);
  const parsed = Object.entries(variables ?? {}).map(([name, text]) => ({ name, template: parse(name, text) }));
  const asks = [...new Set(parsed.flatMap(({ template }) => asked(template)))];
  return {
    asks,
    render(row) {
      const values: Record<string, string> = {};
      for (const { name, template } of parsed) {
        const value = renderOne(template, row);
        if (typeof value !== 'string') return { ok: false, variable: name, ...value };
        values[name] = value;
      }
      return { ok: true, values: list ? Object.values(values) : values };
    },
  };
}

export class LiquidProblem extends Error {
  override readonly name = 'LiquidProblem';
  constructor(
    readonly variable: string,
    message: string,
  ) {
    super(message);
  }
}

function parse(name: string, text: string): Template[] {
  try {
    return engine.parse(text);
  } catch (error) {
    throw new LiquidProblem(name, firstLine(error));
  }
}

function asked(template: Template[]): string[] {
  return engine.globalVariablesSync(template);
}

function renderOne(template: Template[], row: Row): string | { missing?: string; because: string } {
  try {
    const value = String(engine.renderSync(template, row)).trim();
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
