import type { Decision, RuleVerdict } from '@postrider/event-contracts';
import type { RuleCode } from './codes';
import type { Facts } from './facts';
import type { Judgement, Rule } from './rule';
import { allRules } from './rules';

/** A decision whose code is one of the rules'. */
export type Assessment = Decision & { readonly code?: RuleCode };

/**
 * Whether a message may be sent now, must wait, or is refused. Every rule is asked, so that the trail is whole: the
 * first refusal in the order of the rules decides, else the hold that lasts longest, else the message goes.
 */
export function assess(facts: Facts, rules: readonly Rule[] = allRules): Assessment {
  const trail: RuleVerdict[] = [];
  const judgements: Judgement[] = [];
  for (const rule of rules) {
    const inputs = rule.inputs(facts);
    const judgement = rule.judge(inputs, facts.at);
    judgements.push(judgement);
    trail.push({
      rule: rule.name,
      verdict: judgement.verdict,
      because: judgement.because,
      inputs: inputs as Record<string, unknown>,
    });
  }
  return conclude(judgements, trail, facts.at);
}

function conclude(judgements: readonly Judgement[], trail: RuleVerdict[], time: Date): Assessment {
  let refused: RuleCode | undefined;
  let held: { code: RuleCode; until: Date } | undefined;
  for (const judgement of judgements) {
    if (judgement.verdict === 'refuse') refused ??= judgement.code;
    if (judgement.verdict === 'hold' && (held === undefined || judgement.until > held.until)) held = judgement;
  }
  const at = time.toISOString();
  if (refused !== undefined) return { outcome: 'refuse', code: refused, at, trail };
  if (held !== undefined) return { outcome: 'hold', code: held.code, until: held.until.toISOString(), at, trail };
  return { outcome: 'send', at, trail };
}

/**
 * Decides anew by what a recorded decision rested on: the same inputs at the same time. The rules as they are now give
 * the recorded answer, unless a rule has changed since. A line that is no rule's, such as a channel that was not active,
 * stands as it is, and where it is what held, so does the answer.
 */
export function replay(decision: Decision, rules: readonly Rule[] = allRules): Decision {
  const at = new Date(decision.at);
  const ruleOf = new Map(rules.map((rule) => [rule.name, rule]));
  const judgements: Judgement[] = [];
  let heldByOther = false;
  const trail = decision.trail.map((line) => {
    const rule = ruleOf.get(line.rule);
    heldByOther ||= rule === undefined && line.verdict === 'hold';
    if (rule === undefined) return line;
    const judgement = rule.judge(line.inputs, at);
    judgements.push(judgement);
    return { ...line, verdict: judgement.verdict, because: judgement.because };
  });
  const concluded = conclude(judgements, trail, at);
  return heldByOther && concluded.outcome !== 'refuse' ? { ...decision, trail } : concluded;
}
