import {
  type DirectSendMessage,
  MarketingMessage,
  parseSendMessage,
  parseWith,
  type Parsed,
  type SendMessage,
} from '@postrider/cloud-api-payloads';
import type { z } from 'zod';
import { Success } from '../answers/success';
import type { CallOptions, Graph } from '../transport/graph';
import { privateLinkRefusal } from './private-links';
import { malformedPayload } from './refused-here';
import { sendOutcome, type SendOutcome } from './send-outcome';

/** A payload as a caller writes it. */
export type SendPayload = z.input<typeof SendMessage> | z.input<typeof DirectSendMessage>;
export type MarketingPayload = z.input<typeof MarketingMessage>;
export interface SendOptions extends CallOptions {
  /** `false` sends the payload as it is, for callers that parsed it before. Links are looked at all the same. */
  readonly check?: boolean;
}

async function send(api: Graph, path: string, checked: Parsed<unknown>, options: SendOptions): Promise<SendOutcome> {
  if (!checked.ok) return { kind: 'rejected', error: malformedPayload(checked.problems) };
  const refusal = privateLinkRefusal(checked.value, api.settings.allowedHosts);
  if (refusal) return { kind: 'rejected', error: refusal };
  return sendOutcome(await api.attempt({ method: 'POST', path, json: checked.value }, options));
}
const unchecked = (value: unknown): Parsed<unknown> => ({ ok: true, value });

/** Sends, and marks what was received as read. */
export const messages = (api: Graph) => ({
  /**
   * Sends one message, once: there is no idempotency key, so a second call sends a second message. It does not throw
   * for what Meta or the network does; the outcome says whether Meta took it, refused it, never got it, or may have it.
   */
  send: (phoneNumberId: string, payload: SendPayload, options: SendOptions = {}): Promise<SendOutcome> =>
    send(
      api,
      `/${encodeURIComponent(phoneNumberId)}/messages`,
      options.check === false ? unchecked(payload) : parseSendMessage(payload),
      options,
    ),

  /** Marks a message, and those before it, as read; may show "typing…" until the answer or for 25 seconds. */
  markRead: (
    phoneNumberId: string,
    wamid: string,
    options: CallOptions & { readonly typing?: boolean } = {},
  ): Promise<Success> => {
    const typing = options.typing ? { typing_indicator: { type: 'text' } } : {};
    const json = { messaging_product: 'whatsapp', status: 'read', message_id: wamid, ...typing };
    return api.call({ method: 'POST', path: `/${encodeURIComponent(phoneNumberId)}/messages`, json }, Success, options);
  },
});

/** The Marketing Messages API: templates of category MARKETING, optimised by Meta. */
export const marketingMessages = (api: Graph) => ({
  /** As `messages.send`. */
  send: (phoneNumberId: string, payload: MarketingPayload, options: SendOptions = {}): Promise<SendOutcome> =>
    send(
      api,
      `/${encodeURIComponent(phoneNumberId)}/marketing_messages`,
      options.check === false ? unchecked(payload) : parseWith(MarketingMessage, payload),
      options,
    ),
});
