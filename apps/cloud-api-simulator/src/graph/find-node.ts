import { messageOfHistory } from '../phone-numbers/message-history';
import type { Simulation } from '../world/simulation';
import type { AccessToken } from '../world/state';
import { reaches } from './authenticate';
import type { Node } from './graph-call';

/** The object an id names, if the token may see it. */
export function findNode(sim: Simulation, token: AccessToken, id: string): Node | undefined {
  const { state } = sim;
  const phone = state.numbers.get(id);
  if (phone) {
    const account = state.accounts.get(phone.wabaId);
    return account && reaches(token, account) ? { kind: 'phone', phone, account } : undefined;
  }
  const account = state.accounts.get(id);
  if (account) return reaches(token, account) ? { kind: 'waba', account } : undefined;
  const template = state.templates.get(id);
  if (template) {
    const owner = state.accounts.get(template.wabaId);
    return owner && reaches(token, owner) ? { kind: 'template', template, account: owner } : undefined;
  }
  return findOther(sim, token, id);
}

function findOther(sim: Simulation, token: AccessToken, id: string): Node | undefined {
  const { state } = sim;
  const media = state.media.get(id);
  if (media) {
    const owner = state.accounts.get(state.numbers.get(media.phoneNumberId)?.wabaId ?? '');
    return owner && reaches(token, owner) ? { kind: 'media', media } : undefined;
  }
  const upload = state.uploads.get(id);
  if (upload) return token.appId === upload.appId ? { kind: 'upload', upload } : undefined;
  const app = state.apps.get(id);
  if (app) return token.appId === app.id ? { kind: 'app', app } : undefined;
  const portfolio = state.portfolios.get(id);
  if (portfolio && token.portfolioIds.includes(portfolio.id)) return { kind: 'portfolio', portfolio };
  return findHistory(sim, token, id);
}

function findHistory(sim: Simulation, token: AccessToken, id: string): Node | undefined {
  const message = messageOfHistory(sim, id);
  const owner = sim.state.accounts.get(sim.state.numbers.get(message?.phoneNumberId ?? '')?.wabaId ?? '');
  return message && owner && reaches(token, owner) ? { kind: 'history', message } : undefined;
}
