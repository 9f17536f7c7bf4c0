export { assess, replay, type Assessment } from './assess';
export { purposeOf } from './category-is-metas.rule';
export { isRuleCode, ruleCodes, type RuleCode } from './codes';
export { lastStatement, ownWords } from './consent';
export { examineContent, wordsIn, type ContentFindings } from './content/examine-content';
export type {
  ConsentStatement,
  Facts,
  HeldBackFacts,
  PortfolioFacts,
  RecipientFacts,
  SenderFacts,
  SpendFacts,
  TemplateFacts,
} from './facts';
export { capUsage, type CapUsage, type Counted } from './frequency/cap-usage';
export { windowClosesAt } from './inside-service-window.rule';
export { defaultKeywords } from './keywords/default-keywords';
export { foldWords } from './keywords/fold-words';
export { matchKeyword } from './keywords/match-keyword';
export { Cap, Caps, capWindowMaxMs, capWindowMs } from './policies/caps';
export { isFreeOfHealthContent } from './policies/health';
export type { KeywordSet } from './policies/keywords';
export { defaultPolicies, isPolicyName, policySchemas, type Policies, type PolicyName } from './policies/policies';
export { QuietHours } from './policies/quiet-hours';
export type { Reply, ReplyRule } from './policies/replies';
export { priceCategories, type PriceCategory, type SpendPolicy } from './policies/spend';
export type { Judgement, Rule } from './rule';
export { allRules } from './rules';
export { billedCategory, forecastMicros, microsOf } from './spend/forecast-price';
export { learntCategory, type ReportedPrice } from './spend/learnt-price';
export { spendingPeriods, type SpendingPeriods } from './spend/spending-periods';
export { languages, ruleTexts, type Language } from './texts';
export { budgetReturnsAt } from './within-marketing-budget.rule';
export { zonesOf } from './zones/country-zones';
export { quietUntil, type QuietClock } from './zones/quiet-time';
export { isTimeZone } from './zones/wall-clock';
