import { v5 } from 'uuid';

const namespace = '6f1d8b0e-3c1e-5f0a-9b7e-70c5d0a1c0de';
const made = (...parts: string[]): string => v5(parts.join('\u0000'), namespace);

/** Ids that every service makes alike from what Meta or the caller calls a thing, within one workspace. */
export const derivedId = {
  account: (workspaceId: string, wabaId: string) => made(workspaceId, 'account', wabaId),
  portfolio: (workspaceId: string, portfolioId: string) => made(workspaceId, 'portfolio', portfolioId),
  sender: (workspaceId: string, phoneNumberId: string) => made(workspaceId, 'sender', phoneNumberId),
  channel: (workspaceId: string, name: string) => made(workspaceId, 'channel', name),
  policy: (workspaceId: string, name: string) => made(workspaceId, 'policy', name),
  template: (accountId: string, name: string, language: string) => made(accountId, 'template', name, language),
  /** A contact begins under the first alias it was seen by; later aliases are linked to it. */
  contact: (workspaceId: string, aliasKey: string) => made(workspaceId, 'contact', aliasKey),
  conversation: (senderId: string, aliasKey: string) => made(senderId, 'conversation', aliasKey),
  accountSide: (accountId: string) => made(accountId, 'account-side'),
  unrecognised: (wabaId: string) => made(wabaId, 'unrecognised'),
  sendingScope: (workspaceId: string, scope: string, scopeId: string) => made(workspaceId, 'scope', scope, scopeId),
  alarm: (workspaceId: string, service: string, key: string) => made(workspaceId, 'alarm', service, key),
  replies: (workspaceId: string) => made(workspaceId, 'replies'),
  /** The id of an event that follows from another one, so that reacting twice is one event. */
  reaction: (sourceEventId: string, name: string) => made(sourceEventId, 'reaction', name),
  /** The id of an event that something outside repeats: Meta's ids, an attempt's outcome. */
  fact: (...parts: string[]) => made('fact', ...parts),
};
