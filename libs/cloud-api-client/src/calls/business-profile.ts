import { BusinessProfile } from '../answers/profile';
import { page, Success } from '../answers/success';
import type { CallOptions, Graph } from '../transport/graph';

const fields = 'about,address,description,email,profile_picture_url,websites,vertical';

/** What a change sets; what is left out stays. */
export interface ProfileChange {
  readonly about?: string;
  readonly address?: string;
  readonly description?: string;
  readonly email?: string;
  readonly websites?: readonly string[];
  readonly vertical?: string;
  /** Of a resumable upload. */
  readonly profile_picture_handle?: string;
}

/** What people see of a number. */
export const businessProfile = (api: Graph) => {
  const path = (id: string) => `/${encodeURIComponent(id)}/whatsapp_business_profile`;
  return {
    get: async (phoneNumberId: string, options?: CallOptions): Promise<BusinessProfile> => {
      const call = { method: 'GET', path: path(phoneNumberId), query: { fields } } as const;
      return (await api.call(call, page(BusinessProfile), options)).data[0] ?? {};
    },
    update: (phoneNumberId: string, change: ProfileChange, options?: CallOptions): Promise<Success> =>
      api.call(
        { method: 'POST', path: path(phoneNumberId), json: { messaging_product: 'whatsapp', ...change } },
        Success,
        options,
      ),
  };
};
