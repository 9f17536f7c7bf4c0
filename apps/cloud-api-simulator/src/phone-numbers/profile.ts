import { route, type GraphCall, type NodeOf, type Route } from '../graph/graph-call';
import { GraphError } from '../graph/graph-error';
import { listAt, optionalTextAt } from '../messages/checks';

const common = {
  permission: 'whatsapp_business_messaging' as const,
  operation: 'profile',
  kind: 'phone' as const,
  edge: 'whatsapp_business_profile',
};
const limits: Readonly<Record<string, number>> = { about: 139, address: 256, description: 512, email: 128 };
const verticals =
  'UNDEFINED OTHER AUTO BEAUTY APPAREL EDU ENTERTAIN EVENT_PLAN FINANCE GROCERY GOVT HOTEL HEALTH NONPROFIT PROF_SERVICES RETAIL TRAVEL RESTAURANT NOT_A_BIZ ALCOHOL ONLINE_GAMBLING PHYSICAL_GAMBLING OTC_DRUGS'.split(
    ' ',
  );

function show({ params }: GraphCall, { phone }: NodeOf<'phone'>): unknown {
  const wanted = typeof params.fields === 'string' ? params.fields.split(',') : ['messaging_product'];
  const shown = Object.fromEntries(
    wanted.filter((name) => name in phone.profile).map((name) => [name, phone.profile[name]]),
  );
  return { data: [{ ...shown, messaging_product: 'whatsapp' }] };
}

function change({ params }: GraphCall, { phone }: NodeOf<'phone'>): unknown {
  if (params.messaging_product !== 'whatsapp')
    throw new GraphError(100, { message: '(#100) The parameter messaging_product is required.' });
  for (const [name, max] of Object.entries(limits)) {
    const value = optionalTextAt(params, name, name, max);
    if (value !== undefined) phone.profile[name] = value;
  }
  if (params.vertical !== undefined) {
    const vertical = String(params.vertical).toUpperCase();
    if (!verticals.includes(vertical))
      throw new GraphError(100, {
        message: `(#100) Param vertical must be one of {${verticals.join(', ')}} - got "${vertical}".`,
      });
    phone.profile.vertical = vertical;
  }
  if (params.websites !== undefined)
    phone.profile.websites = listAt(params, 'websites', 'websites', { min: 0, max: 2 }).map(String);
  if (typeof params.profile_picture_handle === 'string')
    phone.profile.profile_picture_url = `https://pps.whatsapp.net/${encodeURIComponent(params.profile_picture_handle)}`;
  return { success: true };
}

export const profileRoutes: Route[] = [
  route({ ...common, method: 'GET', handle: show }),
  route({ ...common, method: 'POST', handle: change }),
];
