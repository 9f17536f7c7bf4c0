import { PhoneNumber } from '../answers/phone-number';
import { Created, Success } from '../answers/success';
import type { CallOptions, Graph } from '../transport/graph';
import { listPages } from './list-pages';

const fields = [
  'id,display_phone_number,verified_name,quality_rating,code_verification_status,platform_type,throughput,status',
  'name_status,new_name_status,whatsapp_business_manager_messaging_limit,account_mode,is_official_business_account',
  'is_pin_enabled,is_on_biz_app,webhook_configuration',
].join(',');
const product = { messaging_product: 'whatsapp' };

/** A business account's numbers: finding, adding, verifying and registering them. */
export const phoneNumbers = (api: Graph) => {
  const post = (id: string, edge: string, json: unknown, options?: CallOptions) =>
    api.call({ method: 'POST', path: `/${encodeURIComponent(id)}${edge}`, json }, Success, options);
  return {
    list: (wabaId: string, options?: CallOptions & { readonly fields?: string; readonly limit?: number }) => {
      const query = { fields: options?.fields ?? fields, limit: options?.limit };
      return listPages(
        api,
        { path: `/${encodeURIComponent(wabaId)}/phone_numbers`, query, item: PhoneNumber },
        options,
      );
    },
    get: (id: string, options?: CallOptions & { readonly fields?: string }) => {
      const query = { fields: options?.fields ?? fields };
      return api.call({ method: 'GET', path: `/${encodeURIComponent(id)}`, query }, PhoneNumber, options);
    },
    /** Adds a number; then request a code, verify it, and register. */
    add: (wabaId: string, number: { cc: string; phone_number: string; verified_name: string }, options?: CallOptions) =>
      api.call(
        { method: 'POST', path: `/${encodeURIComponent(wabaId)}/phone_numbers`, json: number },
        Created,
        options,
      ),
    requestCode: (id: string, request: { code_method: 'SMS' | 'VOICE'; language: string }, options?: CallOptions) =>
      post(id, '/request_code', request, options),
    verifyCode: (id: string, code: string, options?: CallOptions) => post(id, '/verify_code', { code }, options),
    /** Ten registrations and deregistrations within 72 hours, then 133016. */
    register: (id: string, request: { pin: string; data_localization_region?: string }, options?: CallOptions) =>
      post(id, '/register', { ...product, ...request }, options),
    deregister: (id: string, options?: CallOptions) => post(id, '/deregister', product, options),
    setPin: (id: string, pin: string, options?: CallOptions) => post(id, '', { pin }, options),
    requestDisplayName: (id: string, name: string, options?: CallOptions) =>
      post(id, '', { new_display_name: name }, options),
    /** Where this number's webhooks go; an empty address takes the override away. */
    overrideCallback: (
      id: string,
      callback: { override_callback_uri: string; verify_token?: string },
      options?: CallOptions,
    ) => post(id, '', { webhook_configuration: callback }, options),
    settings: (id: string, options?: CallOptions) =>
      api.call({ method: 'GET', path: `/${encodeURIComponent(id)}/settings` }, Success, options),
    /** One feature a call. */
    changeSettings: (id: string, settings: Readonly<Record<string, unknown>>, options?: CallOptions) =>
      post(id, '/settings', settings, options),
  };
};
