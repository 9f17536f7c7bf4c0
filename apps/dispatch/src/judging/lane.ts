import { purposeOf, type Facts } from '@postrider/compliance';
import type { UnknownPolicy } from '@postrider/event-contracts';
import type { LaneName } from '../send-messages/lanes';

/** One-time passwords first, marketing last. */
export function laneOf(facts: Facts): LaneName {
  if (facts.content.kind === 'template' && facts.content.template.category === 'AUTHENTICATION')
    return 'authentication';
  return purposeOf(facts) === 'marketing' ? 'marketing' : 'utility';
}

/**
 * What becomes of a message whose outcome stays unknown, where neither it nor its channel says: a login code is sent
 * again, as twice does little harm and not at all does much; of marketing an operator decides.
 */
export const onUnknownByLane: Readonly<Record<LaneName, UnknownPolicy>> = {
  authentication: 'resend',
  utility: 'give-up',
  marketing: 'hold',
};
