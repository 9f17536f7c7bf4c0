import { parseWith, ProfileChange } from '@postrider/cloud-api-payloads';
import type { z } from 'zod';
import { BusinessProfile } from '../answers/profile';
import { page, Success } from '../answers/success';
import type { CallOptions, Graph } from '../transport/graph';
import { checked } from './refused-here';

const name = 'POST /{id}/whatsapp_business_profile';
const fields = 'about,address,description,email,profile_picture_url,websites,vertical';

/** What people see of a number. */
export const businessProfile = (api: Graph) => {
  const path = (id: string) => `/${encodeURIComponent(id)}/whatsapp_business_profile`;
  return {
    get: async (phoneNumberId: string, options?: CallOptions): Promise<BusinessProfile> => {
      const call = { method: 'GET', path: path(phoneNumberId), query: { fields } } as const;
      return (await api.call(call, page(BusinessProfile), options)).data[0] ?? {};
    },
    /** Refused here where it breaks a documented limit. */
    update: async (phoneNumberId: string, change: z.input<typeof ProfileChange>, options?: CallOptions) => {
      const json = { messaging_product: 'whatsapp', ...checked(parseWith(ProfileChange, change), name) };
      return api.call({ method: 'POST', path: path(phoneNumberId), json }, Success, options);
    },
  };
};
