import type { TemplateDefinition } from '../definition';
import { bodyTextOf, buttonsOf, cardsOf, componentOf } from '../parts';
import { finding, type Finding } from './catalogue';
import { pathOf } from './place';

/** Words of advertising, in the languages most used; whole words, any case. */
const promotional =
  /\b(sale|discounts?|% ?off|special offer|limited[ -]time|best deals?|deals?|promo(tion)?s?|coupons?|vouchers?|free gift|buy now|shop now|cashback|rabatt|angebot|descuentos?|ofertas?|rebajas|promoci[oó]n|promo[cç][aã]o|descontos?|soldes|remise)\b|\d ?% ?off|优惠|折扣|促销|特价/iu;
const optOut =
  /\b(stop|unsubscribe|opt[ -]?out|not interested|no more|cancelar|baja|darse de baja|no recibir|parar|sair|d[eé]sabonner|arr[eê]t|abmelden|abbestellen)\b|退订|退訂|停止/iu;
/** Meta's commerce policy, condensed: what it bars, or limits to some countries and ages. */
const barred =
  /\b(cannabis|marijuana|cbd|cocaine|opioids?|tobacco|cigarettes?|vapes?|e-cigarettes?|firearms?|guns?|ammunition|explosives?|escorts?|adult toys?|viagra|steroids?|prescription drugs?|casino|betting|gambling|lottery|payday loans?|multi-?level marketing|alcohol|beer|wine|whisk(e)?y|vodka|live animals?|ivory|counterfeit)\b/iu;
const shorteners =
  /\b(bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|cutt\.ly|shorturl\.at|rb\.gy|t\.ly|s\.id|lnkd\.in)\b/iu;
const chatLinks = /\b(wa\.me|chat\.whatsapp\.com|api\.whatsapp\.com|wa\.link)\b/iu;
const sensitive =
  /\b(your|full|the)\b[^.?!\n]{0,40}\b(card number|cvv|cvc|account number|iban|social security|ssn|passport number|national id|identity number|pin code|password)\b/iu;
const asks = /\b(send|reply|share|provide|enter|tell|give|confirm)\b/iu;

interface Part {
  readonly path: string;
  readonly text: string;
}

function partsOf(definition: TemplateDefinition): Part[] {
  const header = componentOf(definition, 'HEADER')?.text;
  const footer = componentOf(definition, 'FOOTER')?.text;
  return [
    ...(header ? [{ path: `${pathOf(definition, 'HEADER')}.text`, text: header }] : []),
    { path: `${pathOf(definition, 'BODY')}.text`, text: bodyTextOf(definition) },
    ...(footer ? [{ path: `${pathOf(definition, 'FOOTER')}.text`, text: footer }] : []),
    ...cardsOf(definition).flatMap((card, index) => {
      const text = componentOf(card, 'BODY')?.text;
      return text ? [{ path: `${pathOf(definition, 'CAROUSEL')}.cards[${index}]`, text }] : [];
    }),
  ];
}

const linksOf = (definition: TemplateDefinition): Part[] =>
  buttonsOf(definition).flatMap((button, index) =>
    button.url ? [{ path: `${pathOf(definition, 'BUTTONS')}.buttons[${index}].url`, text: button.url }] : [],
  );

function offersOptOut(definition: TemplateDefinition, parts: readonly Part[]): boolean {
  const buttons = [definition, ...cardsOf(definition)].flatMap((part) => buttonsOf(part));
  return [...parts.map((part) => part.text), ...buttons.map((button) => button.text ?? '')].some((text) =>
    optOut.test(text),
  );
}

/** Warnings about what a template says; they are guesses by words, and stop nothing. */
export function substanceFindings(definition: TemplateDefinition): Finding[] {
  if (definition.category === 'AUTHENTICATION') return [];
  // What is longer than Meta allows is a finding already: guesses are made about its beginning only.
  const parts = partsOf(definition).map(({ path, text }) => ({ path, text: text.slice(0, 5000) }));
  const links = linksOf(definition);
  const findings: Finding[] = [];
  const note = (code: Parameters<typeof finding>[0], all: readonly Part[], test: (text: string) => boolean) => {
    const part = all.find((each) => test(each.text));
    if (part) findings.push(finding(code, part.path));
  };
  if (definition.category === 'UTILITY') note('promotional-in-utility', parts, (text) => promotional.test(text));
  note('barred-goods', parts, (text) => barred.test(text));
  note('shortened-link', [...parts, ...links], (text) => shorteners.test(text));
  note('chat-link', [...parts, ...links], (text) => chatLinks.test(text));
  note('sensitive-request', parts, (text) => sensitive.test(text) && asks.test(text));
  if (definition.category === 'MARKETING' && !offersOptOut(definition, parts))
    findings.push(finding('opt-out-missing', 'components'));
  return findings;
}
