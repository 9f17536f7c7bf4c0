import { detailsOf } from '../graph/error-table';
import type { GraphCall } from '../graph/graph-call';
import { newWamid } from '../world/ids';
import type { MessageRecord } from '../world/witness';
import type { Account, PhoneNumber, Template } from '../world/state';
import { isBag } from './checks';
import { mediaLinkOf } from './media-link';
import { decideOutcome } from './outcome';
import { priceOf } from './pricing';
import { scheduleStatuses } from './schedule-statuses';
import type { Recipient } from './send-message';

export interface Acceptance {
  phone: PhoneNumber;
  account: Account;
  recipient: Recipient;
  type: string;
  template: Template | undefined;
  viaMarketingApi: boolean;
}

/** Answers with a wamid and lets the message's fate follow by webhook. */
export function acceptMessage(call: GraphCall, acceptance: Acceptance): unknown {
  const { sim, params } = call;
  const { phone, recipient, type, template, viaMarketingApi } = acceptance;
  const nowMs = sim.nowMs();
  const price = priceOf(sim, acceptance);
  const message = sim.witness.add({
    wamid: newWamid(recipient.phone ?? recipient.userId),
    phoneNumberId: phone.id,
    input: recipient.input,
    ...(recipient.phone !== undefined && { phone: recipient.phone }),
    userId: recipient.userId,
    type,
    category: price.category,
    ...(template && { templateId: template.id }),
    ...(typeof params.biz_opaque_callback_data === 'string' && { callbackData: params.biz_opaque_callback_data }),
    pricingType: price.type,
    viaMarketingApi,
    ...(price.freeEntryUntilMs !== undefined && { freeEntryUntilMs: price.freeEntryUntilMs }),
    acceptedAtMs: nowMs,
    body: call.body.length > 0 ? call.body.toString() : JSON.stringify(params),
    statuses: [],
  });
  sim.journal?.accepted(message);
  decideFate(call, acceptance, message);
  return answerOf(message, template);
}

function decideFate({ sim, params }: GraphCall, acceptance: Acceptance, message: MessageRecord): void {
  const voice = isBag(params.audio) && params.audio.voice === true;
  const outcome = { ...decideOutcome(sim, acceptance, message), ...(voice && { played: true }) };
  if (acceptance.template?.pacing && outcome.failsWith === undefined) {
    message.heldForQuality = true;
    return;
  }
  const link = mediaLinkOf(sim, acceptance.type, params);
  if (link === undefined || outcome.failsWith !== undefined) return scheduleStatuses(sim, message, outcome);
  const limitMs = 5_000;
  fetch(link, { method: 'GET', signal: AbortSignal.timeout(limitMs) }).then(
    (answer) => {
      void answer.body?.cancel();
      const bad = `Downloading media from weblink failed with http code ${answer.status}, status message ${answer.statusText}`;
      scheduleStatuses(sim, message, answer.ok ? outcome : { ...outcome, failsWith: 131053, details: bad });
    },
    () => scheduleStatuses(sim, message, { ...outcome, failsWith: 131053, details: detailsOf(131053) }),
  );
}

function answerOf(message: MessageRecord, template: Template | undefined): unknown {
  const contact =
    message.phone === undefined
      ? { input: message.input, user_id: message.userId }
      : { input: message.input, wa_id: message.phone };
  const status = message.heldForQuality ? 'held_for_quality_assessment' : 'accepted';
  return {
    messaging_product: 'whatsapp',
    contacts: [contact],
    messages: [{ id: message.wamid, ...(template && { message_status: status }) }],
  };
}
