import type { Facts } from './facts';
import type { RuleCode } from './codes';

/** What one rule says of one message. A code stands with every refusal and hold, an `until` with every hold. */
export type Judgement =
  | { readonly verdict: 'pass' | 'skip'; readonly because: string }
  | { readonly verdict: 'refuse'; readonly code: RuleCode; readonly because: string }
  | { readonly verdict: 'hold'; readonly code: RuleCode; readonly because: string; readonly until: Date };

/**
 * A statement that must be true of a message before it leaves. `inputs` takes from the facts what the rule looks at, and
 * `judge` looks at nothing else, so that a verdict can be replayed from the trail alone.
 */
export interface Rule<Inputs extends object = object> {
  readonly name: string;
  /** What it enforces, and where that is written. */
  readonly clause: { readonly text: string; readonly source: string };
  readonly codes: readonly RuleCode[];
  inputs(facts: Facts): Inputs;
  judge(inputs: Inputs, at: Date): Judgement;
}

export const pass = (because: string): Judgement => ({ verdict: 'pass', because });
export const skip = (because: string): Judgement => ({ verdict: 'skip', because });
export const refuse = (code: RuleCode, because: string): Judgement => ({ verdict: 'refuse', code, because });
export const hold = (code: RuleCode, until: Date, because: string): Judgement => ({
  verdict: 'hold',
  code,
  until,
  because,
});
