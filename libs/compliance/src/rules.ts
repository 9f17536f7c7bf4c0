import { categoryIsMetas } from './category-is-metas.rule';
import { contentIsPermitted } from './content-is-permitted.rule';
import { countryIsServed } from './country-is-served.rule';
import { healthContentStays } from './health-content-stays.rule';
import { insideServiceWindow } from './inside-service-window.rule';
import { marketingIsAllowedInCountry } from './marketing-is-allowed-in-country.rule';
import { recipientHasConsented } from './recipient-has-consented.rule';
import { recipientHasNotStopped } from './recipient-has-not-stopped.rule';
import { recipientIsAddressable } from './recipient-is-addressable.rule';
import type { Rule } from './rule';
import { senderIsAble } from './sender-is-able.rule';
import { templateIsSendable } from './template-is-sendable.rule';
import { withinFrequencyCap } from './within-frequency-cap.rule';
import { withinMarketingBudget } from './within-marketing-budget.rule';
import { withinPortfolioLimit } from './within-portfolio-limit.rule';
import { withinQuietHours } from './within-quiet-hours.rule';
import { withinSpendLimit } from './within-spend-limit.rule';

/**
 * All rules in the order in which their refusals win. What no waiting can heal comes first (the address, the template,
 * the person's word, the law), then what time heals, then what holds. A person's own stop comes before missing consent:
 * it is the more telling reason.
 */
export const allRules: readonly Rule[] = [
  recipientIsAddressable,
  categoryIsMetas,
  templateIsSendable,
  recipientHasNotStopped,
  recipientHasConsented,
  countryIsServed,
  marketingIsAllowedInCountry,
  healthContentStays,
  contentIsPermitted,
  insideServiceWindow,
  withinQuietHours,
  withinFrequencyCap,
  withinPortfolioLimit,
  withinMarketingBudget,
  withinSpendLimit,
  senderIsAble,
];
