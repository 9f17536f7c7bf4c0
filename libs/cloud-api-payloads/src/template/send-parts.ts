import type {
  BodyParameter,
  ButtonParameter,
  HeaderParameter,
  SendCard,
  SendComponent,
} from '../send/template-message';

type Typed = { readonly type: string };
export type SendHeader = Extract<SendComponent, { type: 'header' }>;
export type SendBody = Extract<SendComponent, { type: 'body' }>;
export type SendButton = Extract<SendComponent, { type: 'button' }>;
export type SendCarousel = Extract<SendComponent, { type: 'carousel' }>;
export type SendOffer = Extract<SendComponent, { type: 'limited_time_offer' }>;
export type AnyParameter = HeaderParameter | BodyParameter | ButtonParameter;

export const headerIn = (parts: readonly Typed[]): SendHeader | undefined =>
  parts.find((part): part is SendHeader => part.type === 'header');
export const bodyIn = (parts: readonly Typed[]): SendBody | undefined =>
  parts.find((part): part is SendBody => part.type === 'body');
export const buttonsIn = (parts: readonly Typed[]): SendButton[] =>
  parts.filter((part): part is SendButton => part.type === 'button');
export const offerIn = (parts: readonly Typed[]): SendOffer | undefined =>
  parts.find((part): part is SendOffer => part.type === 'limited_time_offer');
export const cardsIn = (parts: readonly Typed[]): readonly SendCard[] =>
  parts.find((part): part is SendCarousel => part.type === 'carousel')?.cards ?? [];

/** What a parameter shows: a currency and a date show their fallback. */
export function shownBy(parameter: AnyParameter): string | undefined {
  if (parameter.type === 'text') return parameter.text;
  if (parameter.type === 'currency') return parameter.currency.fallback_value;
  if (parameter.type === 'date_time') return parameter.date_time.fallback_value;
  return undefined;
}

/** The values of a part's variables, by the variables' names or their order. */
export function valuesOf(
  names: readonly string[],
  parameters: readonly AnyParameter[],
  named: boolean,
): Map<string, string> {
  const values = new Map<string, string>();
  parameters.forEach((parameter, index) => {
    const name = named && 'parameter_name' in parameter ? parameter.parameter_name : names[index];
    const shown = shownBy(parameter);
    if (name !== undefined && shown !== undefined) values.set(name, shown);
  });
  return values;
}
