import type { SendComponent } from '../send/template-message';
import type { TemplateButton, TemplateCard, TemplateDefinition } from './definition';
import { authenticationText, bodyTextOf, buttonsOf, cardsOf, componentOf, isNamed } from './parts';
import { bodyIn, buttonsIn, cardsIn, headerIn, offerIn, shownBy, valuesOf } from './send-parts';
import { substitute, templateVariables, variablesIn, type CardVariables } from './variables';

export type RenderedHeader =
  | { readonly type: 'text'; readonly text: string }
  /** A file, place or product, as the send names it; nothing where the send does not. */
  | { readonly type: string; readonly media?: unknown };
export interface RenderedButton {
  readonly type: string;
  readonly text: string;
  readonly url?: string;
  readonly phoneNumber?: string;
  readonly code?: string;
  /** What a tap sends back. */
  readonly payload?: string;
}
export interface RenderedCard {
  readonly header?: RenderedHeader;
  readonly body?: string;
  readonly buttons: readonly RenderedButton[];
}
/** What a person sees. */
export interface RenderedTemplate extends RenderedCard {
  readonly body: string;
  readonly footer?: string;
  readonly limitedTimeOffer?: { readonly text: string; readonly expiresAtMs?: number };
  readonly cards?: readonly RenderedCard[];
}
type Parts = readonly { readonly type: string }[];

function renderHeader(
  part: TemplateDefinition | TemplateCard,
  needs: CardVariables,
  parts: Parts,
  named: boolean,
): { header?: RenderedHeader } {
  const header = componentOf(part, 'HEADER');
  if (!header) return {};
  const parameters = headerIn(parts)?.parameters ?? [];
  if (header.format === 'TEXT')
    return { header: { type: 'text', text: substitute(header.text ?? '', valuesOf(needs.header, parameters, named)) } };
  const type = header.format.toLowerCase();
  const media = (parameters[0] as Record<string, unknown> | undefined)?.[parameters[0]?.type ?? ''];
  return { header: { type, ...(media === undefined ? {} : { media }) } };
}

function renderButton(button: TemplateButton, index: number, parts: Parts): RenderedButton {
  const sent = buttonsIn(parts).find((each) => each.index === index)?.parameters?.[0];
  const shown = sent && shownBy(sent);
  const type = button.type.toLowerCase();
  const text = button.text ?? (['COPY_CODE', 'OTP'].includes(button.type) ? authenticationText.button : '');
  if (button.type === 'URL' && button.url !== undefined) {
    const [variable] = variablesIn(button.url);
    const values = new Map(variable !== undefined && shown !== undefined ? [[variable, shown]] : []);
    return { type, text, url: substitute(button.url, values) };
  }
  if (button.type === 'PHONE_NUMBER') return { type, text, phoneNumber: button.phone_number ?? '' };
  const code = sent?.type === 'coupon_code' ? sent.coupon_code : shown;
  if (['COPY_CODE', 'OTP'].includes(button.type)) return { type, text, ...(code === undefined ? {} : { code }) };
  const payload = sent?.type === 'payload' ? sent.payload : button.type === 'QUICK_REPLY' ? (shown ?? text) : undefined;
  return { type, text, ...(payload === undefined ? {} : { payload }) };
}

function renderCard(card: TemplateCard, needs: CardVariables, parts: Parts, named: boolean): RenderedCard {
  const text = componentOf(card, 'BODY')?.text;
  const values = valuesOf(needs.body, bodyIn(parts)?.parameters ?? [], named);
  return {
    ...renderHeader(card, needs, parts, named),
    ...(text === undefined ? {} : { body: substitute(text, values) }),
    buttons: buttonsOf(card).map((button, index) => renderButton(button, index, parts)),
  };
}

function footerOf(definition: TemplateDefinition): { footer?: string } {
  const footer = componentOf(definition, 'FOOTER');
  if (!footer) return {};
  if (footer.text !== undefined) return { footer: footer.text };
  return footer.code_expiration_minutes ? { footer: authenticationText.footer(footer.code_expiration_minutes) } : {};
}

function offerOf(definition: TemplateDefinition, parts: Parts): Pick<RenderedTemplate, 'limitedTimeOffer'> {
  const offer = componentOf(definition, 'LIMITED_TIME_OFFER')?.limited_time_offer;
  if (!offer) return {};
  const expiresAtMs = offerIn(parts)?.parameters[0]?.limited_time_offer.expiration_time_ms;
  return { limitedTimeOffer: { text: offer.text ?? '', ...(expiresAtMs === undefined ? {} : { expiresAtMs }) } };
}

/**
 * Renders a template with the components of a send, as the person sees it. A variable without a value stays as
 * `{{name}}`; whether the components fit is `checkSendComponents`' to say.
 */
export function renderTemplate(definition: TemplateDefinition, parts: readonly SendComponent[] = []): RenderedTemplate {
  const needs = templateVariables(definition);
  const named = isNamed(definition) && definition.category !== 'AUTHENTICATION';
  const values = valuesOf(needs.body, bodyIn(parts)?.parameters ?? [], named);
  const cards = cardsOf(definition).map((card, index) => {
    const sent = cardsIn(parts).find((each) => each.card_index === index)?.components ?? [];
    return renderCard(card, needs.cards[index] as CardVariables, sent, named);
  });
  return {
    ...renderHeader(definition, needs, parts, named),
    body: substitute(bodyTextOf(definition), values),
    ...footerOf(definition),
    ...offerOf(definition, parts),
    buttons: buttonsOf(definition).map((button, index) => renderButton(button, index, parts)),
    ...(cards.length ? { cards } : {}),
  };
}
