import { healthOf } from '../accounts/health';
import { tierOf } from '../accounts/tiers';
import type { NodeType } from '../graph/fields';
import type { Simulation } from '../world/simulation';
import type { PhoneNumber } from '../world/state';

export function phoneType(sim: Simulation, phone: PhoneNumber): NodeType {
  const account = sim.state.accounts.get(phone.wabaId);
  const portfolio = sim.state.portfolios.get(account?.portfolioId ?? '');
  const [override] = [...(account?.subscriptions.values() ?? [])];
  const [appId] = [...(account?.subscriptions.keys() ?? [])];
  const configured = {
    ...(phone.webhookOverride && { phone_number: phone.webhookOverride.url }),
    ...(override && { whatsapp_business_account: override.url }),
    ...(appId && sim.state.apps.get(appId)?.callbackUrl && { application: sim.state.apps.get(appId)?.callbackUrl }),
  };
  return {
    name: 'WhatsAppBusinessPhoneNumber',
    defaults: [
      'verified_name',
      'code_verification_status',
      'display_phone_number',
      'quality_rating',
      'status',
      'platform_type',
      'throughput',
      'last_onboarded_time',
      'webhook_configuration',
      'id',
    ],
    fields: {
      id: phone.id,
      display_phone_number: phone.displayPhoneNumber,
      verified_name: phone.verifiedName,
      quality_rating: phone.quality,
      quality_score: { score: phone.quality },
      code_verification_status: phone.codeVerificationStatus,
      platform_type: phone.registered ? 'CLOUD_API' : 'NOT_APPLICABLE',
      throughput: {
        level: phone.throughputPerSecond >= 1_000 ? 'HIGH' : phone.registered ? 'STANDARD' : 'NOT_APPLICABLE',
      },
      status: phone.status,
      name_status: phone.nameStatus,
      new_name_status: 'NONE',
      account_mode: phone.accountMode,
      whatsapp_business_manager_messaging_limit: tierOf(portfolio?.messagingLimit ?? 250),
      messaging_limit_tier: tierOf(portfolio?.messagingLimit ?? 250),
      is_official_business_account: false,
      is_pin_enabled: phone.pin !== null,
      is_on_biz_app: false,
      is_preverified_number: false,
      last_onboarded_time: new Date(phone.onboardedAtMs).toISOString().replace(/\.\d+Z$/, '+0000'),
      certificate: undefined,
      new_certificate: undefined,
      search_visibility: 'VISIBLE',
      eligibility_for_api_business_global_search: 'NON_ELIGIBLE_UNDEFINED_COUNTRY',
      host_platform: undefined,
      conversational_automation: undefined,
      username: undefined,
      webhook_configuration: configured,
      health_status: () => healthOf(sim, { phone }),
    },
  };
}
