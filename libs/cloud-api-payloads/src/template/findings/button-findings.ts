import { limits } from '../../limits';
import { characters } from '../../shape';
import type { TemplateButton } from '../definition';
import { variablesIn } from '../variables';
import { finding, type Finding } from './catalogue';

/** How many of each kind there may be. */
const most: Record<string, number> = {
  QUICK_REPLY: 10,
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
  VOICE_CALL: 1,
  FLOW: 1,
  CATALOG: 1,
  MPM: 1,
  SPM: 1,
  REQUEST_CONTACT_INFO: 1,
  OTP: 1,
  ORDER_DETAILS: 1,
  POSTBACK: 10,
  APP: 1,
};
/** Buttons that stand alone. */
const single = ['CATALOG', 'MPM', 'SPM'];
/** Buttons whose text is Meta's own. */
const ownText = ['COPY_CODE', 'OTP', 'REQUEST_CONTACT_INFO'];

function urlFindings(button: TemplateButton, path: string): Finding[] {
  const url = button.url ?? '';
  const variables = variablesIn(url);
  if (!/^https?:\/\/[^\s/]+/i.test(url)) return [finding('url-invalid', `${path}.url`)];
  const findings: Finding[] = [];
  if (url.length > limits.template.url) findings.push(finding('url-too-long', `${path}.url`));
  if (variables.length > 1 || (variables.length === 1 && !/\{\{[^{}]+\}\}$/.test(url)))
    findings.push(finding('url-variable', `${path}.url`));
  if (variables.length && !(button.example ?? []).some((each) => each.trim() !== ''))
    findings.push(finding('sample-missing', `${path}.example`));
  return findings;
}

function couponFindings(button: TemplateButton, path: string): Finding[] {
  const code = button.example?.[0]?.trim() ?? '';
  const fits = code !== '' && characters(code) <= limits.template.couponExample;
  return fits ? [] : [finding('coupon-code-invalid', `${path}.example`)];
}

function flowFindings(button: TemplateButton, path: string): Finding[] {
  const named = [button.flow_id, button.flow_name, button.flow_json].filter((each) => each !== undefined).length;
  return named === 1 ? [] : [finding('flow-missing', path)];
}

function textFindings(button: TemplateButton, path: string): Finding[] {
  const text = button.text ?? '';
  if (text.trim() === '') return ownText.includes(button.type) ? [] : [finding('button-text-missing', `${path}.text`)];
  const findings: Finding[] = [];
  if (characters(text, limits.template.buttonText) > limits.template.buttonText)
    findings.push(finding('button-text-too-long', `${path}.text`));
  if (variablesIn(text).length) findings.push(finding('button-text-variable', `${path}.text`));
  return findings;
}

function oneButton(button: TemplateButton, path: string): Finding[] {
  if (most[button.type] === undefined) return [finding('button-kind-unknown', `${path}.type`, button.type)];
  const findings = textFindings(button, path);
  if (button.type === 'URL') findings.push(...urlFindings(button, path));
  if (button.type === 'COPY_CODE') findings.push(...couponFindings(button, path));
  if (button.type === 'FLOW') findings.push(...flowFindings(button, path));
  if (button.type === 'PHONE_NUMBER') {
    const number = button.phone_number ?? '';
    if (!/^\+?[\d\s().-]+$/.test(number) || number.length > limits.template.phoneNumber)
      findings.push(finding('phone-number-invalid', `${path}.phone_number`));
  }
  return findings;
}

function together(buttons: readonly TemplateButton[], path: string, inCard: boolean): Finding[] {
  const findings: Finding[] = [];
  const kinds = buttons.map((button) => button.type);
  for (const kind of new Set(kinds)) {
    const count = kinds.filter((each) => each === kind).length;
    if (count > (most[kind] ?? Infinity)) findings.push(finding('button-kind-count', path, `${count} of ${kind}`));
  }
  const lonely = kinds.find((kind) => single.includes(kind));
  if (lonely && buttons.length > 1) findings.push(finding('button-alone', path, lonely));
  const changes = kinds.filter(
    (kind, index) => index > 0 && (kind === 'QUICK_REPLY') !== (kinds[index - 1] === 'QUICK_REPLY'),
  ).length;
  if (changes > 1) findings.push(finding('button-grouping', path));
  const texts = buttons.flatMap((button) => (button.text ? [button.text] : []));
  if (new Set(texts).size < texts.length) findings.push(finding('button-text-repeated', path));
  if (!inCard && (buttons.length > 3 || changes > 0)) findings.push(finding('buttons-mobile-only', path));
  return findings;
}

/** What is wrong with a list of buttons, of the template or of a card, each alone and all together. */
export function buttonFindings(buttons: readonly TemplateButton[], path: string, inCard = false): Finding[] {
  const findings = buttons.slice(0, 20).flatMap((button, index) => oneButton(button, `${path}[${index}]`));
  if (!inCard && (buttons.length === 0 || buttons.length > limits.template.buttons))
    findings.push(finding('button-count', path));
  return [...findings, ...together(buttons, path, inCard)];
}
