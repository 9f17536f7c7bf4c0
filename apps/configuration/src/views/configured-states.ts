import type { Decider, DomainEvent } from '@postrider/decider';
import {
  AccountRestored,
  AccountRestricted,
  ApiKeyCreated,
  ApiKeyRevoked,
  ApiKeyRotated,
  BusinessAccountConnected,
  ChannelActivated,
  ChannelChanged,
  ChannelDrafted,
  ChannelSuspended,
  CredentialsExpiring,
  CredentialsRejected,
  CredentialsRotated,
  CredentialsVerified,
  MessagingLimitChanged,
  PolicyChanged,
  PortfolioDiscovered,
  ReadinessConfirmed,
  ReadinessWithdrawn,
  SenderDiscovered,
  SenderPaused,
  SenderQualityChanged,
  SenderRegistered,
  SenderRenamed,
  SenderResumed,
  SenderStatusChanged,
  SenderHealthChanged,
  SenderThroughputChanged,
  WebhookSubscribed,
  type EventDefinition,
} from '@postrider/event-contracts';
import { apiKey, type ApiKey } from '../api-key/api-key.decider';
import { businessAccount, type BusinessAccount } from '../business-account/business-account.decider';
import { channel, type Channel } from '../channel/channel.decider';
import { policy, type Policy } from '../policy/policy.decider';
import { portfolio, type Portfolio } from '../portfolio/portfolio.decider';
import { sender, type Sender } from '../sender/sender.decider';

/** What each kind of configured thing looks like; the decider's own state is what is shown. */
export interface ConfiguredStates {
  'business-account': BusinessAccount;
  portfolio: Portfolio;
  sender: Sender;
  channel: Channel;
  policy: Policy;
  'api-key': ApiKey;
}
export type Kind = keyof ConfiguredStates;

const deciders: { readonly [K in Kind]: Pick<Decider<ConfiguredStates[K] | undefined, never>, 'evolve'> } = {
  'business-account': businessAccount,
  portfolio,
  sender,
  channel,
  policy,
  'api-key': apiKey,
};

export const configurationEvents: readonly EventDefinition[] = [
  BusinessAccountConnected,
  CredentialsVerified,
  CredentialsRejected,
  CredentialsRotated,
  CredentialsExpiring,
  WebhookSubscribed,
  AccountRestricted,
  AccountRestored,
  ReadinessConfirmed,
  ReadinessWithdrawn,
  PortfolioDiscovered,
  MessagingLimitChanged,
  SenderDiscovered,
  SenderRegistered,
  SenderStatusChanged,
  SenderQualityChanged,
  SenderHealthChanged,
  SenderThroughputChanged,
  SenderRenamed,
  SenderPaused,
  SenderResumed,
  ChannelDrafted,
  ChannelActivated,
  ChannelChanged,
  ChannelSuspended,
  PolicyChanged,
  ApiKeyCreated,
  ApiKeyRotated,
  ApiKeyRevoked,
];
const kindOfType = new Map(configurationEvents.map(({ type, stream }) => [type, stream as Kind]));

/** The kind of stream an event stands in; undefined for events that configure nothing, such as alarms. */
export const kindOf = (event: DomainEvent): Kind | undefined => kindOfType.get(event.type);

/** The state after one more event, by the decider of its kind. */
export function evolveConfigured(kind: Kind, state: unknown, event: DomainEvent): unknown {
  return (deciders[kind] as Decider<unknown, DomainEvent>).evolve(state, event);
}
