import { pickFields } from '../graph/fields';
import { route, type GraphCall, type NodeOf, type Route } from '../graph/graph-call';
import { GraphError } from '../graph/graph-error';
import { secondsOf } from '../world/simulation';
import { handshake } from '../webhooks/handshake';
import { blockRoutes } from './block-users';
import { historyRoutes } from './message-history';
import { phoneType } from './phone-fields';
import { profileRoutes } from './profile';
import { registrationRoutes } from './registration';

const common = { permission: 'whatsapp_business_management' as const, operation: 'phone', kind: 'phone' as const };

/** `POST /{PHONE}`: the callback of this number, its pin, or a new display name. */
async function change({ sim, params }: GraphCall, { phone }: NodeOf<'phone'>): Promise<unknown> {
  const { webhook_configuration: webhook, pin, new_display_name: name } = params;
  if (typeof webhook === 'object' && webhook !== null) {
    const { override_callback_uri: url, verify_token: verifyToken } = webhook as Record<string, unknown>;
    if (url === '') phone.webhookOverride = null;
    else {
      if (typeof url !== 'string' || typeof verifyToken !== 'string')
        throw new GraphError(100, {
          message: '(#100) The parameters override_callback_uri and verify_token are required.',
        });
      const before = sim.state;
      await handshake(url, verifyToken);
      if (sim.state === before) phone.webhookOverride = { url, verifyToken };
    }
  }
  if (pin !== undefined) {
    if (!/^\d{6}$/.test(String(pin))) throw new GraphError(100, { message: '(#100) Param pin must be 6 digits.' });
    phone.pin = String(pin);
    sim.outbox.emit({
      wabaId: phone.wabaId,
      field: 'security',
      timeSeconds: secondsOf(sim.nowMs()),
      value: {
        display_phone_number: phone.displayPhoneNumber.replace(/\D/g, ''),
        event: 'PIN_CHANGED',
        requester: '1200000000000001',
      },
      note: { about: `pin changed ${phone.id}` },
    });
  }
  if (typeof name === 'string' && name !== '') {
    phone.verifiedName = name;
    sim.outbox.emit({
      wabaId: phone.wabaId,
      field: 'phone_number_name_update',
      timeSeconds: secondsOf(sim.nowMs()),
      value: {
        display_phone_number: phone.displayPhoneNumber.replace(/\D/g, ''),
        decision: 'APPROVED',
        requested_verified_name: name,
        rejection_reason: null,
      },
      note: { about: `display name ${phone.id}` },
    });
  }
  return { success: true };
}

/** One feature per call, as documented. */
function changeSettings({ params }: GraphCall, { phone }: NodeOf<'phone'>): unknown {
  const known = ['calling', 'user_identity_change', 'payload_encryption', 'storage_configuration'];
  const given = known.filter((name) => params[name] !== undefined);
  if (given.length !== 1)
    throw new GraphError(100, { message: `(#100) Exactly one of {${known.join(', ')}} is required.` });
  for (const name of given) phone.settings[name] = params[name];
  return { success: true };
}

export const phoneRoutes: Route[] = [
  route({
    ...common,
    method: 'GET',
    edge: '',
    handle: ({ sim, params }, { phone }) => pickFields(phoneType(sim, phone), params.fields),
  }),
  route({ ...common, method: 'POST', edge: '', handle: change }),
  route({ ...common, method: 'GET', edge: 'settings', handle: (_, { phone }) => phone.settings }),
  route({ ...common, method: 'POST', edge: 'settings', handle: changeSettings }),
  ...registrationRoutes,
  ...profileRoutes,
  ...blockRoutes,
  ...historyRoutes,
];
