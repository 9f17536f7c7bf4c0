import { appToken } from '../graph/authenticate';
import { GraphError } from '../graph/graph-error';
import { secondsOf, type Simulation } from '../world/simulation';
import type { AccessToken } from '../world/state';

/** `GET /debug_token?input_token=`: what a token is good for. */
export function debugToken(sim: Simulation, caller: AccessToken, input: unknown): unknown {
  if (typeof input !== 'string' || input === '')
    throw new GraphError(100, { message: '(#100) The parameter input_token is required.' });
  const token = sim.state.tokens.get(input) ?? appToken(sim, input);
  if (!token || token.appId !== caller.appId) {
    return { data: { error: { code: 190, message: 'Invalid OAuth access token.' }, is_valid: false, scopes: [] } };
  }
  const valid = token.expiresAtMs === 0 || token.expiresAtMs > sim.nowMs();
  return {
    data: {
      app_id: token.appId,
      type: token.type,
      application: sim.state.apps.get(token.appId)?.name,
      data_access_expires_at: 0,
      expires_at: secondsOf(token.expiresAtMs),
      is_valid: valid,
      issued_at: secondsOf(token.issuedAtMs),
      ...(!valid && {
        error: { code: 190, message: 'Error validating access token: Session has expired.', subcode: 463 },
      }),
      scopes: token.scopes,
      granular_scopes: token.scopes.map((scope) => ({ scope, ...targetsOf(sim, token, scope) })),
      user_id: token.userId,
    },
  };
}

function targetsOf(sim: Simulation, token: AccessToken, scope: string): { target_ids?: string[] } {
  if (scope === 'business_management') return { target_ids: token.portfolioIds };
  if (token.wabaIds.length > 0) return { target_ids: token.wabaIds };
  const reached = [...sim.state.accounts.values()].filter((account) =>
    token.portfolioIds.includes(account.portfolioId),
  );
  return { target_ids: reached.map((account) => account.id) };
}
