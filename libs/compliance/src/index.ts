export { assess, type Assessment } from './assess';
export { purposeOf } from './category-is-metas.rule';
export { isRuleCode, ruleCodes, type RuleCode } from './codes';
export type { ConsentStatement, Facts, SenderFacts, TemplateFacts } from './facts';
export { windowClosesAt } from './inside-service-window.rule';
export type { Judgement, Rule } from './rule';
export { allRules } from './rules';
export { languages, ruleTexts, type Language } from './texts';
