import { secondsOf, type Simulation } from '../world/simulation';
import type { PhoneNumber } from '../world/state';
import { ControlError, type ControlRequest } from './control-request';
import { accountShape, numberShape, portfolioShape, tokenShape } from './shapes';

type Read = ControlRequest['read'];

/** Restricts an account, takes away its payment method, and so on; the app is told. */
export function changeAccount(sim: Simulation, id: string, read: Read): unknown {
  const account = sim.state.accounts.get(id);
  if (!account) throw new ControlError(404, `There is no account ${id}.`);
  const given = read(accountShape);
  if (given.status !== undefined && given.status !== account.status) {
    const value =
      given.status === 'ACTIVE'
        ? {
            event: 'DISABLED_UPDATE',
            ban_info: { waba_ban_state: 'REINSTATE', waba_ban_date: new Date(sim.nowMs()).toDateString() },
          }
        : given.status === 'DISABLED'
          ? {
              event: 'DISABLED_UPDATE',
              ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: new Date(sim.nowMs()).toDateString() },
            }
          : {
              event: 'ACCOUNT_RESTRICTION',
              restriction_info: [
                { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: secondsOf(sim.nowMs()) + 86_400 },
              ],
            };
    sim.outbox.emit({
      wabaId: id,
      field: 'account_update',
      timeSeconds: secondsOf(sim.nowMs()),
      value,
      note: { about: `account ${given.status}` },
    });
  }
  Object.assign(account, given);
  return { ...account, subscriptions: [...account.subscriptions.keys()] };
}

export function changeNumber(sim: Simulation, id: string, read: Read): unknown {
  const phone = sim.state.numbers.get(id);
  if (!phone) throw new ControlError(404, `There is no number ${id}.`);
  const given = read(numberShape);
  if (given.allowedRecipients) given.allowedRecipients = given.allowedRecipients.map((one) => one.replace(/\D/g, ''));
  if (given.throughputPerSecond !== undefined && given.throughputPerSecond > phone.throughputPerSecond)
    sayUpgrade(sim, phone);
  if (given.registered !== undefined && given.status === undefined)
    phone.status = given.registered ? 'CONNECTED' : 'DISCONNECTED';
  Object.assign(phone, given);
  return { ...phone, pin: undefined, blocked: phone.blocked.size };
}

function sayUpgrade(sim: Simulation, phone: PhoneNumber): void {
  sim.outbox.emit({
    wabaId: phone.wabaId,
    field: 'phone_number_quality_update',
    timeSeconds: secondsOf(sim.nowMs()),
    value: {
      display_phone_number: phone.displayPhoneNumber.replace(/\D/g, ''),
      event: 'THROUGHPUT_UPGRADE',
      max_daily_conversations_per_business: 'TIER_UNLIMITED',
    },
    note: { about: `throughput upgrade ${phone.id}` },
  });
}

export function changePortfolio(sim: Simulation, id: string, read: Read): unknown {
  const portfolio = sim.state.portfolios.get(id);
  if (!portfolio) throw new ControlError(404, `There is no portfolio ${id}.`);
  const { messagingLimit, verified } = read(portfolioShape);
  if (messagingLimit !== undefined) {
    portfolio.messagingLimit = messagingLimit === 'unlimited' ? 0 : messagingLimit;
    for (const account of sim.state.accounts.values()) {
      if (account.portfolioId !== id) continue;
      sim.outbox.emit({
        wabaId: account.id,
        field: 'business_capability_update',
        timeSeconds: secondsOf(sim.nowMs()),
        value: {
          max_daily_conversations_per_business: messagingLimit === 'unlimited' ? -1 : messagingLimit,
          max_phone_numbers_per_business: 20,
        },
        note: { about: `limit ${messagingLimit}` },
      });
    }
  }
  if (verified !== undefined) portfolio.verified = verified;
  return { ...portfolio, reached: portfolio.reached.size };
}

/** Makes a token, or changes what one may do and how long. */
export function changeToken(sim: Simulation, token: string, read: Read): unknown {
  const { expiresInSeconds, ...given } = read(tokenShape);
  const [app] = sim.state.apps.keys();
  const known = sim.state.tokens.get(token) ?? {
    token,
    appId: app ?? '',
    type: 'SYSTEM_USER' as const,
    userId: '1200000000000001',
    scopes: ['whatsapp_business_management', 'whatsapp_business_messaging', 'business_management'],
    wabaIds: [],
    portfolioIds: [...sim.state.portfolios.keys()],
    issuedAtMs: sim.nowMs(),
    expiresAtMs: 0,
  };
  Object.assign(known, given);
  if (expiresInSeconds !== undefined)
    known.expiresAtMs = expiresInSeconds === 0 ? 0 : sim.nowMs() + expiresInSeconds * 1000;
  sim.state.tokens.set(token, known);
  return known;
}
