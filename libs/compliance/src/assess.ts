import type { Decision, RuleVerdict } from '@postrider/event-contracts';
import type { RuleCode } from './codes';
import type { Facts } from './facts';
import type { Rule } from './rule';
import { allRules } from './rules';

/** A decision whose code is one of the rules'. */
export type Assessment = Decision & { readonly code?: RuleCode };

/**
 * Whether a message may be sent now, must wait, or is refused. Every rule is asked, so that the trail is whole: the
 * first refusal in the order of the rules decides, else the hold that lasts longest, else the message goes.
 */
export function assess(facts: Facts, rules: readonly Rule[] = allRules): Assessment {
  let refused: RuleCode | undefined;
  let held: { code: RuleCode; until: Date } | undefined;
  const trail: RuleVerdict[] = [];
  for (const rule of rules) {
    const inputs = rule.inputs(facts);
    const judgement = rule.judge(inputs, facts.at);
    trail.push({
      rule: rule.name,
      verdict: judgement.verdict,
      because: judgement.because,
      inputs: inputs as Record<string, unknown>,
    });
    if (judgement.verdict === 'refuse') refused ??= judgement.code;
    if (judgement.verdict === 'hold' && (held === undefined || judgement.until > held.until)) held = judgement;
  }
  const at = facts.at.toISOString();
  if (refused !== undefined) return { outcome: 'refuse', code: refused, at, trail };
  if (held !== undefined) return { outcome: 'hold', code: held.code, until: held.until.toISOString(), at, trail };
  return { outcome: 'send', at, trail };
}
