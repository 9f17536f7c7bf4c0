import type { PortfolioFacts, QuietClock } from '@postrider/compliance';
import type { UsedUp } from '../policies/ahead';
import { codeOf, type JudgedAhead } from './judge-ahead.handler';

/** What another service is told of many messages: a word for each, and what will set their pace. */
export interface AnswerForServices {
  readonly decisions: readonly {
    readonly outcome: 'send' | 'hold' | 'refuse';
    readonly code: string;
    readonly until?: string;
    /** Which of `quiet` are this person's clocks. */
    readonly quiet: number;
  }[];
  /** Each different set of quiet clocks once. */
  readonly quiet: readonly (readonly QuietClock[])[];
  /** The limit of whom the sender's portfolio may write to in a day, where there is one. */
  readonly portfolio?: { readonly limit: number; readonly used: number };
  /** To be given with the next part. */
  readonly usedUp: UsedUp;
}

interface Inputs {
  readonly hours?: readonly (QuietClock & { readonly then: string })[];
  readonly portfolio?: PortfolioFacts;
}

/** The decisions in short, and out of their trails the clocks and the limit that they rest on. */
export function answerForServices(judged: readonly JudgedAhead[], usedUp: UsedUp): AnswerForServices {
  const places = new Map<string, number>();
  const quiet: (readonly QuietClock[])[] = [];
  let portfolio: AnswerForServices['portfolio'];
  const decisions = judged.map((each) => {
    if (each.kind === 'rejected') {
      return { outcome: 'refuse' as const, code: each.code, quiet: placeOf([]) };
    }
    const { outcome, until, trail } = each.decision;
    const inputsOf = (rule: string) => (trail.find((step) => step.rule === rule)?.inputs ?? {}) as Inputs;
    portfolio ??= limitIn(inputsOf('within-portfolio-limit').portfolio);
    const clocks = (inputsOf('within-quiet-hours').hours ?? []).map(({ zones, periods }) => ({ zones, periods }));
    return { outcome, code: codeOf(each), ...(until === undefined ? {} : { until }), quiet: placeOf(clocks) };
  });
  function placeOf(clocks: readonly QuietClock[]): number {
    const key = JSON.stringify(clocks);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, quiet.length);
    return quiet.push(clocks) - 1;
  }
  return { decisions, quiet, usedUp, ...(portfolio === undefined ? {} : { portfolio }) };
}

const limitIn = (portfolio: PortfolioFacts | undefined): AnswerForServices['portfolio'] =>
  portfolio === undefined || portfolio.limit === null ? undefined : { limit: portfolio.limit, used: portfolio.used };
