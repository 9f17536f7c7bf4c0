import type { Template } from '../world/state';

/** What a reviewer would reject, as far as it can be told from the text. */
export function reviewFinding(template: Template): string | undefined {
  const body = template.components.find((component) => component.type.toUpperCase() === 'BODY')?.text ?? '';
  if (/\}\}\s*\{\{/.test(body)) return 'INVALID_FORMAT';
  if (/\b(card number|cvv|social security number)\b/i.test(body)) return 'SCAM';
  if (/\b(idiot|stupid)\b/i.test(body)) return 'ABUSIVE_CONTENT';
  return undefined;
}

/** Utility that reads like advertising is filed under marketing at creation. */
export function readsLikeMarketing(text: string): boolean {
  return /(\d+ ?% off|\bdiscount|\bpromo(tion)?\b|\bspecial offer|\bbig sale\b|\bcoupon)/i.test(text);
}
