import type { GraphCall, NodeOf } from '../graph/graph-call';
import { GraphError, invalidValue } from '../graph/graph-error';
import type { Account, PhoneNumber, Template } from '../world/state';
import { looksLikeUserId, userIdOf } from '../world/ids';
import { acceptMessage } from './accept-message';
import { checkContent } from './check-content';
import { checkTemplateSend } from './check-template-send';
import { detailsOf } from '../graph/error-table';
import type { Bag } from './checks';
import { optionalTextAt } from './checks';
import { markRead } from './mark-read';

export interface Recipient {
  input: string;
  /** Digits, when addressed by phone. */
  phone?: string;
  userId: string;
}

/**
 * `POST /{PHONE_NUMBER_ID}/messages`. Refusals come in Meta's order: the number's state, required parameters and
 * lengths, the template, the limits. What only the network can know fails later, by webhook.
 */
export function sendMessage(call: GraphCall, { phone, account }: NodeOf<'phone'>, viaMarketingApi = false): unknown {
  const { sim, params } = call;
  checkProduct(params);
  if (params.status !== undefined) return markRead(call, phone);
  checkSender(phone, account);
  const recipient = checkRecipient(call, phone, account);
  const type = checkContent(params, { sim, phoneNumberId: phone.id });
  if (params.category !== undefined || params.direct_send_config !== undefined) {
    throw new GraphError(100, {
      details: 'Param category requires Direct Send, which this account has not been onboarded to.',
    });
  }
  optionalTextAt(params, 'biz_opaque_callback_data', 'biz_opaque_callback_data', 512);
  checkContext(call);
  const template = type === 'template' ? checkTemplateSend(sim, account.id, params.template as Bag) : undefined;
  checkEndpoint(account, template, recipient, viaMarketingApi);
  checkRates(call, phone, recipient);
  return acceptMessage(call, { phone, account, recipient, type, template, viaMarketingApi });
}

function checkProduct(params: Bag): void {
  if (params.messaging_product === undefined) {
    throw new GraphError(100, { message: '(#100) The parameter messaging_product is required.' });
  }
  if (params.messaging_product !== 'whatsapp') {
    throw new GraphError(100, {
      message:
        '(#100) Param messaging_product must be one of {WHATSAPP} - got "' + String(params.messaging_product) + '".',
    });
  }
}

function checkSender(phone: PhoneNumber, account: Account): void {
  if (account.status !== 'ACTIVE') throw new GraphError(368, { details: detailsOf(368) });
  if (!phone.registered)
    throw new GraphError(133010, { message: '(#133010) The account is not registered', details: detailsOf(133010) });
  if (phone.status === 'BANNED') throw new GraphError(131031, { details: detailsOf(131031) });
}

function checkRecipient({ sim, params }: GraphCall, phone: PhoneNumber, account: Account): Recipient {
  const { to, recipient, recipient_type: kind } = params;
  if (kind !== undefined && kind !== 'individual' && kind !== 'group') {
    throw new GraphError(100, {
      message: `(#100) Param recipient_type must be one of {INDIVIDUAL, GROUP} - got "${String(kind)}".`,
    });
  }
  if (kind === 'group')
    throw new GraphError(131041, { message: '(#131041) Group unknown', details: 'The group does not exist.' });
  if (to === undefined && recipient === undefined)
    throw new GraphError(100, { message: '(#100) The parameter to is required.' });
  if (to === undefined) {
    if (typeof recipient !== 'string' || !looksLikeUserId(recipient))
      throw invalidValue('Param recipient is not a valid business-scoped user ID.');
    return { input: recipient, userId: recipient };
  }
  const input = String(to);
  const digits = input.replace(/[\s().+-]/g, '');
  if (!/^\d{5,15}$/.test(digits)) throw invalidValue(`Param to must be a valid phone number - got "${input}".`);
  if (digits === phone.displayPhoneNumber.replace(/\D/g, ''))
    throw new GraphError(131021, { details: detailsOf(131021) });
  if (phone.accountMode === 'SANDBOX' && !phone.allowedRecipients.includes(digits))
    throw new GraphError(131030, { details: detailsOf(131030) });
  const portfolio = sim.state.portfolios.get(account.portfolioId);
  return { input, phone: digits, userId: userIdOf(portfolio?.id ?? '', digits) };
}

function checkContext({ sim, params }: GraphCall): void {
  const context = params.context as Bag | undefined;
  if (context === undefined) return;
  if (typeof context !== 'object' || typeof context.message_id !== 'string') {
    throw new GraphError(131009, { details: "Param context['message_id'] must be a message id." });
  }
  const quoted = sim.witness.find(context.message_id);
  if (quoted && quoted.acceptedAtMs + 30 * 86_400_000 < sim.nowMs())
    throw invalidValue('The quoted message is older than 30 days.');
}

function checkEndpoint(
  account: Account,
  template: Template | undefined,
  recipient: Recipient,
  viaMarketingApi: boolean,
): void {
  if (viaMarketingApi && template?.category !== 'MARKETING') {
    throw new GraphError(134100, { details: detailsOf(134100) });
  }
  if (!viaMarketingApi && template?.category === 'MARKETING' && account.marketingDisabledOnCloudApi) {
    throw new GraphError(131063, { details: detailsOf(131063) });
  }
  if (template?.category === 'AUTHENTICATION' && recipient.phone === undefined) {
    throw new GraphError(131062, { details: 'Authentication templates cannot be sent to a business-scoped user ID.' });
  }
}

function checkRates({ sim }: GraphCall, phone: PhoneNumber, recipient: Recipient): void {
  const { settings } = sim.state;
  const nowMs = sim.nowMs();
  if (settings.enforcePairRate && !sim.rates.takePair(`${phone.id}:${recipient.userId}`, nowMs)) {
    throw new GraphError(131056, { details: detailsOf(131056) });
  }
  if (settings.enforceThroughput && !sim.rates.takeThroughput(phone.id, phone.throughputPerSecond, nowMs)) {
    throw new GraphError(130429, { details: detailsOf(130429) });
  }
}
