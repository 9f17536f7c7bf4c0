import type { ChannelSettings } from '@postrider/event-contracts';
import { missingItems, readinessTexts } from '../business-account/readiness';
import type { BusinessAccount } from '../business-account/business-account.decider';
import type { Sender } from '../sender/sender.decider';

/** What stands against a channel being active, each with what to do; empty when nothing does. */
export function reasonsAgainst(
  settings: Pick<ChannelSettings, 'purpose' | 'ratePerSecond'>,
  facts: { readonly sender?: Sender; readonly account?: BusinessAccount },
): string[] {
  const { sender, account } = facts;
  if (!sender) return ['The sender is unknown: name the id of a sender in GET /v1/senders.'];
  if (!account) return ["The sender's business account is not connected."];
  const { ratePerSecond } = settings;
  return [
    ...(sender.status === 'CONNECTED' ? [] : [`Meta's state of the number is ${sender.status}; it must be CONNECTED.`]),
    ...(sender.paused ? [`The sender is paused (${sender.paused.because}): resume it first.`] : []),
    ...(account.credentials === 'good'
      ? []
      : ['Meta refuses the token of the business account: rotate its credentials.']),
    ...(account.restriction ? [`Meta restricts the business account: ${account.restriction.restriction}.`] : []),
    ...(account.callbackUrl ? [] : ['No webhook is subscribed for the business account: verify the account.']),
    ...(ratePerSecond !== undefined && ratePerSecond > sender.throughputPerSecond
      ? [`ratePerSecond ${ratePerSecond} is above the sender's throughput of ${sender.throughputPerSecond} a second.`]
      : []),
    ...(settings.purpose === 'marketing' ? readinessReasons(account) : []),
  ];
}

function readinessReasons(account: BusinessAccount): string[] {
  return missingItems(account.readiness).map(
    (item) => `Marketing needs "${item}" confirmed in the account's readiness: ${readinessTexts[item]}`,
  );
}
