import type { StopRules } from '@postrider/event-contracts';
import type { Figures } from './figures';

export type RuleName = keyof StopRules;

/** What a rule saw; stands in the event that it causes. */
export interface RuleBroken {
  readonly name: RuleName;
  readonly threshold: string;
  readonly seen: string;
}

export interface RuleFacts {
  readonly figures: Figures;
  /** Meta's rating of the sender. */
  readonly quality?: string | undefined;
  /** Templates of the campaign that Meta has paused or disabled. */
  readonly pausedTemplates: readonly string[];
}

export interface Verdict {
  readonly rule: RuleBroken;
  readonly then: 'pause' | 'stop';
}

/** Shares count from this many messages on, where a rule names no floor of its own. */
export const floorStandard = 100;

/** What holds where a campaign says nothing. Opt-outs and spending have no threshold that fits all. */
export const ruleStandards = {
  failureShare: { threshold: 0.25, floor: floorStandard, then: 'stop' },
  qualityDrop: { to: 'RED', then: 'pause' },
  pausedTemplate: { then: 'pause' },
} as const satisfies StopRules;

/** The first rule that is broken; `waived` ones were overruled by a person. */
export function brokenRule(rules: StopRules, facts: RuleFacts, waived: readonly string[]): Verdict | undefined {
  const found = [spend, pausedTemplate, failureShare, optOutShare, qualityDrop].map((rule) => rule(rules, facts));
  return found.find((verdict) => verdict !== undefined && !waived.includes(verdict.rule.name));
}

type Rule = (rules: StopRules, facts: RuleFacts) => Verdict | undefined;

const failureShare: Rule = (rules, { figures }) =>
  byShare('failureShare', rules.failureShare ?? ruleStandards.failureShare, figures.failed, figures);

const optOutShare: Rule = (rules, { figures }) => byShare('optOutShare', rules.optOutShare, figures.optedOut, figures);

function byShare(
  name: 'failureShare' | 'optOutShare',
  rule: StopRules['failureShare'],
  part: number,
  { sent, failed }: Figures,
): Verdict | undefined {
  const whole = sent + failed;
  if (!rule || whole < (rule.floor ?? floorStandard) || part / whole < rule.threshold) return undefined;
  const seen = `${percent(part / whole)} (${part} of ${whole})`;
  return { rule: { name, threshold: percent(rule.threshold), seen }, then: rule.then ?? 'stop' };
}

const worse: Readonly<Record<string, number>> = { GREEN: 0, YELLOW: 1, RED: 2 };

const qualityDrop: Rule = ({ qualityDrop: rule = ruleStandards.qualityDrop }, { quality }) => {
  if (!rule || quality === undefined || (worse[quality] ?? 0) < worse[rule.to]!) return undefined;
  return { rule: { name: 'qualityDrop', threshold: rule.to, seen: quality }, then: rule.then ?? 'pause' };
};

const pausedTemplate: Rule = ({ pausedTemplate: rule = ruleStandards.pausedTemplate }, { pausedTemplates }) => {
  if (!rule || pausedTemplates.length === 0) return undefined;
  const seen = pausedTemplates.join(', ');
  return { rule: { name: 'pausedTemplate', threshold: 'paused by Meta', seen }, then: rule.then ?? 'pause' };
};

const spend: Rule = ({ spend: rule }, { figures }) => {
  if (!rule || figures.spent < rule.limit) return undefined;
  const seen = figures.spent.toFixed(2);
  return { rule: { name: 'spend', threshold: String(rule.limit), seen }, then: rule.then ?? 'stop' };
};

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
