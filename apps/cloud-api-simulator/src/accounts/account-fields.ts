import { pickFields, type FieldRequest, type NodeType } from '../graph/fields';
import type { Simulation } from '../world/simulation';
import type { Account } from '../world/state';
import { phoneType } from '../phone-numbers/phone-fields';
import { tierOf } from './tiers';
import { healthOf } from './health';
import { messagingAnalytics, pricingAnalytics } from './analytics-fields';

export function accountType(sim: Simulation, account: Account): NodeType {
  const portfolio = sim.state.portfolios.get(account.portfolioId);
  const owner = portfolio && { id: portfolio.id, name: portfolio.name };
  return {
    name: 'WhatsAppBusinessAccount',
    defaults: ['id', 'name', 'timezone_id', 'message_template_namespace'],
    fields: {
      id: account.id,
      name: account.name,
      timezone_id: account.timezoneId,
      currency: account.currency,
      country: account.country,
      message_template_namespace: account.namespace,
      status: account.status,
      account_review_status: 'APPROVED',
      business_verification_status: portfolio?.verified ? 'verified' : 'not_verified',
      ownership_type: 'SELF',
      owner_business: owner,
      owner_business_info: owner,
      on_behalf_of_business_info: owner && { ...owner, status: 'APPROVED', type: 'SELF' },
      primary_funding_id: account.paymentMissing ? undefined : '1',
      is_enabled_for_insights: account.insightsEnabled,
      marketing_messages_lite_api_status: account.marketingMessagesStatus,
      marketing_messages_onboarding_status: account.marketingMessagesStatus,
      disable_marketing_messages_on_cloud_api: account.marketingDisabledOnCloudApi,
      whatsapp_business_manager_messaging_limit: tierOf(portfolio?.messagingLimit ?? 250),
      health_status: () => healthOf(sim, { account }),
      phone_numbers: ({ sub }: FieldRequest) => ({
        data: [...sim.state.numbers.values()]
          .filter((phone) => phone.wabaId === account.id)
          .map((phone) => pickFields(phoneType(sim, phone), sub)),
      }),
      analytics: ({ modifiers }: FieldRequest) => messagingAnalytics(sim, account, modifiers),
      conversation_analytics: ({ modifiers }: FieldRequest) => pricingAnalytics(sim, account, modifiers),
      pricing_analytics: ({ modifiers }: FieldRequest) => pricingAnalytics(sim, account, modifiers),
    },
  };
}
