import { randomInt } from 'node:crypto';
import { detailsOf } from '../graph/error-table';
import { route, type GraphCall, type NodeOf, type Route } from '../graph/graph-call';
import { GraphError } from '../graph/graph-error';
import type { PhoneNumber } from '../world/state';

const common = {
  permission: 'whatsapp_business_management' as const,
  operation: 'registration',
  kind: 'phone' as const,
  method: 'POST' as const,
};
const seventyTwoHoursMs = 72 * 3_600_000;

function countRegistration({ sim }: GraphCall, phone: PhoneNumber): void {
  const nowMs = sim.nowMs();
  phone.registrations = phone.registrations.filter((atMs) => atMs > nowMs - seventyTwoHoursMs);
  if (phone.registrations.length >= 10) throw new GraphError(133016, { details: detailsOf(133016) });
  phone.registrations.push(nowMs);
}

function register(call: GraphCall, { phone }: NodeOf<'phone'>): unknown {
  const { params, sim } = call;
  if (params.messaging_product !== 'whatsapp')
    throw new GraphError(100, { message: '(#100) The parameter messaging_product is required.' });
  const pin = String(params.pin ?? '');
  if (!/^\d{6}$/.test(pin)) throw new GraphError(100, { message: '(#100) Param pin must be 6 digits.' });
  countRegistration(call, phone);
  if (phone.codeVerificationStatus !== 'VERIFIED') throw new GraphError(133006, { details: detailsOf(133006) });
  if (phone.pin !== null && phone.pin !== pin) throw new GraphError(133005, { details: detailsOf(133005) });
  phone.pin = pin;
  phone.registered = true;
  phone.status = 'CONNECTED';
  if (phone.quality === 'UNKNOWN') phone.quality = 'GREEN';
  phone.nameStatus = 'APPROVED';
  phone.onboardedAtMs = sim.nowMs();
  return { success: true };
}

function deregister(call: GraphCall, { phone }: NodeOf<'phone'>): unknown {
  countRegistration(call, phone);
  phone.registered = false;
  phone.status = 'DISCONNECTED';
  return { success: true };
}

/** The code is not sent anywhere: it stands on the inspector page and in `GET /_sim/numbers`. */
function requestCode({ params }: GraphCall, { phone }: NodeOf<'phone'>): unknown {
  const method = String(params.code_method ?? '').toUpperCase();
  if (method !== 'SMS' && method !== 'VOICE')
    throw new GraphError(100, { message: `(#100) Param code_method must be one of {SMS, VOICE} - got "${method}".` });
  if (typeof params.language !== 'string')
    throw new GraphError(100, { message: '(#100) The parameter language is required.' });
  if (phone.codeVerificationStatus === 'VERIFIED') {
    throw new GraphError(100, {
      subcode: 2388103,
      message: 'Invalid parameter',
      userTitle: 'Already verified',
      userMessage: 'The phone number is already verified.',
    });
  }
  phone.verificationCode = String(randomInt(100_000, 1_000_000));
  return { success: true };
}

function verifyCode({ params }: GraphCall, { phone }: NodeOf<'phone'>): unknown {
  const code = String(params.code ?? '').replace(/\D/g, '');
  if (phone.verificationCode === null || code !== phone.verificationCode)
    throw new GraphError(136025, { details: detailsOf(136025) });
  phone.verificationCode = null;
  phone.codeVerificationStatus = 'VERIFIED';
  return { success: true, id: phone.id };
}

export const registrationRoutes: Route[] = [
  route({ ...common, edge: 'register', handle: register }),
  route({ ...common, edge: 'deregister', handle: deregister }),
  route({ ...common, edge: 'request_code', handle: requestCode }),
  route({ ...common, edge: 'verify_code', handle: verifyCode }),
];
