import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { personOf, receiveInbound } from '../messages/receive-inbound';
import { nextNumber, secondsOf, type Simulation } from '../world/simulation';
import { settingsShape } from '../world/settings';
import { ControlError, type ControlRequest } from './control-request';
import { showDelivery, showMessage } from './shown';
import { clockShape, faultShape, inboundShape, personShape, preferenceShape, resetShape } from './shapes';
import { changeTemplate } from './change-template';
import { changeAccount, changeNumber, changePortfolio, changeToken } from './change-account';

type Control = (path: string, method: 'GET' | 'POST' | 'DELETE', handle: (request: ControlRequest) => unknown) => void;

/** `/_sim/…`: everything that the Cloud API itself cannot be asked for. */
export function controlApi(http: FastifyInstance, sim: Simulation): void {
  const on: Control = (path, method, handle) =>
    http.route({
      method,
      url: `/_sim${path}`,
      handler: async (request, reply) => {
        try {
          return await reply.send(JSON.stringify(await handle(readRequest(request))));
        } catch (error) {
          if (!(error instanceof ControlError)) throw error;
          return reply.code(error.status).send(JSON.stringify({ error: error.message }));
        }
      },
    });
  http.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith('/_sim/') && request.url.length > '/_sim/'.length)
      void reply.type('application/json; charset=utf-8');
    done();
  });
  messageControls(on, sim);
  faultControls(on, sim);
  worldControls(on, sim);
}

function readRequest(request: FastifyRequest): ControlRequest {
  return {
    query: request.query as Record<string, string | undefined>,
    id: (request.params as { id?: string }).id ?? '',
    read<T>(shape: z.ZodType<T>): T {
      const text = Buffer.isBuffer(request.body) ? request.body.toString() : '';
      let json: unknown;
      try {
        json = text === '' ? {} : JSON.parse(text);
      } catch {
        throw new ControlError(400, 'The body is not valid JSON.');
      }
      const parsed = shape.safeParse(json);
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      throw new ControlError(400, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`);
    },
  };
}

function numberIn(query: Record<string, string | undefined>, name: string, fallback: number): number {
  const value = query[name];
  if (value === undefined || value === '') return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw new ControlError(400, `${name}: a whole number is expected`);
  return number;
}

function messageControls(on: Control, sim: Simulation): void {
  on('/messages', 'GET', ({ query }) => {
    const limit = Math.min(numberIn(query, 'limit', 1_000), 50_000);
    const found = sim.witness.query({
      ...(query.to !== undefined && { to: query.to.startsWith(' ') ? query.to.trim() : query.to }),
      ...(query.phoneNumberId !== undefined && { phoneNumberId: query.phoneNumberId }),
      after: numberIn(query, 'after', 0),
      limit: limit + 1,
    });
    const data = found.slice(0, limit).map((message) => showMessage(message, sim.outbox.log));
    return { data, next: found.length > limit ? data.at(-1)?.seq : null, total: sim.witness.total };
  });
  on('/deliveries', 'GET', ({ query }) => {
    const limit = Math.min(numberIn(query, 'limit', 1_000), 20_000);
    const found = sim.outbox.log.list(numberIn(query, 'after', 0), limit + 1);
    const data = found.slice(0, limit).map(showDelivery);
    return { data, next: found.length > limit ? data.at(-1)?.id : null, unaddressed: sim.outbox.unaddressed };
  });
  on('/inbound', 'POST', ({ read }) => {
    const inbound = read(inboundShape);
    if (!sim.state.numbers.has(inbound.phoneNumberId))
      throw new ControlError(404, `There is no number ${inbound.phoneNumberId}.`);
    return receiveInbound(sim, inbound);
  });
  on('/read-marks', 'GET', () => ({ data: [...sim.outbox.readMarks].map(([wamid, mark]) => ({ wamid, ...mark })) }));
  on('/preferences', 'POST', ({ read }) => {
    const { phoneNumberId, user, marketing } = read(preferenceShape);
    const phone = sim.state.numbers.get(phoneNumberId);
    const account = sim.state.accounts.get(phone?.wabaId ?? '');
    if (!phone || !account) throw new ControlError(404, `There is no number ${phoneNumberId}.`);
    const person = personOf(sim, account.portfolioId, { from: user });
    if (marketing === 'stop') person.stoppedMarketing.add(account.id);
    else person.stoppedMarketing.delete(account.id);
    sim.outbox.emit(preferenceUpdate(sim, phone, person, marketing));
    return { userId: person.userId, marketing };
  });
}

function preferenceUpdate(
  sim: Simulation,
  phone: { id: string; wabaId: string; displayPhoneNumber: string },
  person: { phone?: string; userId: string; name?: string },
  marketing: string,
) {
  const { identities } = sim.state.settings;
  const waId = identities === 'bsuid' ? undefined : person.phone;
  const address = {
    ...(waId !== undefined && { wa_id: waId }),
    ...(identities !== 'phone' && { user_id: person.userId }),
  };
  const detail =
    marketing === 'stop' ? 'User requested to stop marketing messages' : 'User requested to resume marketing messages';
  return {
    wabaId: phone.wabaId,
    field: 'user_preferences',
    phoneNumberId: phone.id,
    value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: phone.displayPhoneNumber.replace(/\D/g, ''), phone_number_id: phone.id },
      contacts: [{ profile: { name: person.name ?? 'Someone' }, ...address }],
      user_preferences: [
        { ...address, detail, category: 'marketing_messages', value: marketing, timestamp: secondsOf(sim.nowMs()) },
      ],
    },
    note: { about: `preference ${marketing}` },
  };
}

function faultControls(on: Control, sim: Simulation): void {
  on('/faults', 'GET', () => ({ data: [...sim.state.faults.values()] }));
  on('/faults', 'POST', ({ read }) => {
    const given = read(faultShape);
    const fault = { id: `fault-${nextNumber(sim.state, 'fault', 1)}`, hits: 0, ...given, rate: given.rate ?? 1 };
    sim.state.faults.set(fault.id, fault);
    return fault;
  });
  on('/faults', 'DELETE', ({ query }) => {
    if (query.id === undefined) sim.state.faults.clear();
    else if (!sim.state.faults.delete(query.id)) throw new ControlError(404, `There is no fault ${query.id}.`);
    return { data: [...sim.state.faults.values()] };
  });
}

function worldControls(on: Control, sim: Simulation): void {
  on('/clock', 'GET', () => ({ now: new Date(sim.nowMs()).toISOString(), offsetMs: sim.state.clockOffsetMs }));
  on('/clock', 'POST', ({ read }) => {
    sim.advance(read(clockShape).advanceMs);
    return { now: new Date(sim.nowMs()).toISOString(), offsetMs: sim.state.clockOffsetMs };
  });
  on('/reset', 'POST', ({ read }) => {
    sim.reset(read(resetShape));
    return { success: true };
  });
  on('/settings', 'GET', () => sim.state.settings);
  on('/settings', 'POST', ({ read }) => Object.assign(sim.state.settings, read(settingsShape.partial())));
  on('/people', 'POST', ({ read }) => {
    const { phoneNumberId, user, persona, failsWith, name, username } = read(personShape);
    const wabaId = sim.state.numbers.get(phoneNumberId)?.wabaId ?? '';
    const account = sim.state.accounts.get(wabaId);
    if (!account) throw new ControlError(404, `There is no number ${phoneNumberId}.`);
    const person = personOf(sim, account.portfolioId, {
      from: user,
      ...(name !== undefined && { name }),
      ...(username !== undefined && { username }),
    });
    if (persona !== undefined) person.persona = persona;
    if (failsWith === null) delete person.failsWith;
    else if (failsWith !== undefined) person.failsWith = failsWith;
    return { ...person, stoppedMarketing: [...person.stoppedMarketing] };
  });
  on('/templates/:id', 'POST', ({ id, read }) => changeTemplate(sim, id, read));
  on('/accounts/:id', 'POST', ({ id, read }) => changeAccount(sim, id, read));
  on('/numbers/:id', 'POST', ({ id, read }) => changeNumber(sim, id, read));
  on('/portfolios/:id', 'POST', ({ id, read }) => changePortfolio(sim, id, read));
  on('/tokens/:id', 'POST', ({ id, read }) => changeToken(sim, id, read));
}
