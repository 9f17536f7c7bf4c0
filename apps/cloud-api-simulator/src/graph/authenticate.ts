import type { IncomingHttpHeaders } from 'node:http';
import type { Simulation } from '../world/simulation';
import { secondsOf } from '../world/simulation';
import type { AccessToken, Account } from '../world/state';
import { GraphError } from './graph-error';
import type { Permission } from './graph-call';

/** The token's grant, or Graph's refusal. An app token is `APPID|SECRET`. */
export function authenticate(
  sim: Simulation,
  headers: IncomingHttpHeaders,
  params: Record<string, unknown>,
): AccessToken {
  const header = headers.authorization?.replace(/^(Bearer|OAuth)\s+/i, '');
  const presented = header ?? (typeof params.access_token === 'string' ? params.access_token : undefined);
  if (!presented)
    throw new GraphError(104, { message: '(#104) An access token is required to request this resource.' });
  const token = sim.state.tokens.get(presented) ?? appToken(sim, presented);
  if (!token) throw new GraphError(190, { message: 'Invalid OAuth access token - Cannot parse access token' });
  if (token.expiresAtMs > 0 && token.expiresAtMs <= sim.nowMs()) {
    const expired = new Date(secondsOf(token.expiresAtMs) * 1000).toUTCString();
    throw new GraphError(190, {
      subcode: 463,
      message: `Error validating access token: Session has expired on ${expired}. The current time is ${new Date(sim.nowMs()).toUTCString()}.`,
    });
  }
  return token;
}

export function appToken(sim: Simulation, presented: string): AccessToken | undefined {
  const bar = presented.indexOf('|');
  const app = bar > 0 ? sim.state.apps.get(presented.slice(0, bar)) : undefined;
  if (!app || app.secret !== presented.slice(bar + 1)) return undefined;
  return {
    token: presented,
    appId: app.id,
    type: 'APP',
    userId: '',
    scopes: [],
    wabaIds: [],
    portfolioIds: [],
    issuedAtMs: 0,
    expiresAtMs: 0,
  };
}

export function requirePermission(token: AccessToken, permission: Permission | undefined): void {
  if (!permission || token.scopes.includes(permission)) return;
  if (permission === 'whatsapp_business_messaging') throw new GraphError(10);
  throw new GraphError(200, {
    message: `(#200) You do not have the necessary permissions required to perform this action: ${permission}.`,
  });
}

/** Whether the token was granted the business account. */
export function reaches(token: AccessToken, account: Account): boolean {
  if (token.wabaIds.length > 0) return token.wabaIds.includes(account.id);
  return token.portfolioIds.includes(account.portfolioId);
}
