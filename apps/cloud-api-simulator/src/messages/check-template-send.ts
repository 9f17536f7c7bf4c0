import { GraphError, missingParameter } from '../graph/graph-error';
import { findTemplate } from '../templates/find-template';
import { lengthWith, placeholders } from '../templates/placeholders';
import type { Simulation } from '../world/simulation';
import type { Template, TemplateComponent } from '../world/state';
import { checkButtonParameters } from './check-button-parameters';
import type { Bag } from './checks';
import { isBag } from './checks';

/** The template a send names, once it may be sent and every parameter fits its definition. */
export function checkTemplateSend(sim: Simulation, wabaId: string, content: Bag): Template {
  const name = String(content.name);
  const code = String((content.language as Bag).code);
  const template = findTemplate(sim.state, wabaId, name, code);
  if (template?.status === 'PAUSED')
    throw new GraphError(132015, { details: `Template ${name} (${code}) is paused due to low quality.` });
  if (template?.status === 'DISABLED')
    throw new GraphError(132016, { details: `Template ${name} (${code}) is disabled.` });
  if (!template || template.status !== 'APPROVED') {
    throw new GraphError(132001, { details: `template name (${name}) does not exist in ${code}` });
  }
  const given = (content.components ?? []) as unknown[];
  checkComponents(template, template.components, given.filter(isBag), '');
  return template;
}

const lower = (value: unknown): string => String(value ?? '').toLowerCase();
const parametersOf = (component: Bag | undefined): Bag[] =>
  Array.isArray(component?.parameters) ? component.parameters.filter(isBag) : [];

function checkComponents(template: Template, defined: TemplateComponent[], given: Bag[], where: string): void {
  const find = (type: string): Bag | undefined => given.find((component) => lower(component.type) === type);
  for (const component of defined) {
    const type = lower(component.type);
    if (type === 'header') checkHeader(template, component, find('header'), where);
    else if (type === 'body')
      checkText(template, component.text ?? '', parametersOf(find('body')), `${where}body`, 1024);
    else if (type === 'buttons') checkButtonParameters(component.buttons ?? [], given, where);
    else if (type === 'carousel') checkCards(template, component, find('carousel'));
    else if (type === 'limited_time_offer') checkOffer(component, find('limited_time_offer'));
  }
  for (const component of given) {
    const type = lower(component.type);
    const known = type === 'button' ? 'buttons' : type;
    if (parametersOf(component).length > 0 && !defined.some((one) => lower(one.type) === known)) {
      throw mismatch(`${where}${type}`, parametersOf(component).length, 0);
    }
  }
}

function mismatch(where: string, given: number, expected: number): GraphError {
  return new GraphError(132000, {
    details: `${where}: number of localizable_params (${given}) does not match the expected number of params (${expected})`,
  });
}

function checkHeader(template: Template, header: TemplateComponent, given: Bag | undefined, where: string): void {
  const format = lower(header.format ?? 'text');
  const parameters = parametersOf(given);
  if (format === 'text') return checkText(template, header.text ?? '', parameters, `${where}header`, 60);
  const received = lower(parameters[0]?.type);
  const expected = format === 'gif' ? ['gif', 'video'] : [format];
  if (parameters.length !== 1 || !expected.includes(received)) {
    throw new GraphError(132012, {
      details: `${where}header: Format mismatch, expected ${format.toUpperCase()}, received ${received.toUpperCase() || 'UNKNOWN'}`,
    });
  }
  const value = parameters[0]?.[received];
  if (!isBag(value)) throw missingParameter(`Parameter '${where}header['${received}']' is mandatory.`);
  if (['image', 'video', 'document', 'gif'].includes(format) && value.id === undefined && value.link === undefined) {
    throw new GraphError(132012, { details: `${where}header: Either 'id' or 'link' must be provided.` });
  }
}

function checkText(template: Template, text: string, given: Bag[], where: string, max: number): void {
  const expected = placeholders(text);
  if (given.length !== expected.length) throw mismatch(where, given.length, expected.length);
  const values = new Map<string, string>();
  given.forEach((parameter, index) => {
    const name = template.parameterFormat === 'NAMED' ? named(parameter, expected, where) : (expected[index] ?? '');
    values.set(name, valueOf(parameter, `${where}[${index}]`));
  });
  if (values.size < expected.length) throw mismatch(where, values.size, expected.length);
  if (template.category === 'AUTHENTICATION' && [...values.values()].some((value) => value.length > 15)) {
    throw new GraphError(132005, { details: `${where}: an authentication code may have at most 15 characters` });
  }
  const length = values.size > 0 ? lengthWith(text, values) : 0;
  if (length > max)
    throw new GraphError(132005, { details: `Translated ${where} text too long: ${length} of ${max} characters` });
}

function named(parameter: Bag, expected: string[], where: string): string {
  const name = parameter.parameter_name;
  if (typeof name !== 'string' || name === '') {
    throw new GraphError(100, { details: `Parameter name is missing or empty in ${where}` });
  }
  if (!expected.includes(name))
    throw new GraphError(132012, { details: `${where}: Parameter name ${name} is not in the template` });
  return name;
}

function valueOf(parameter: Bag, where: string): string {
  const type = lower(parameter.type);
  if (type === 'currency' || type === 'date_time') {
    const value = parameter[type];
    if (isBag(value) && typeof value.fallback_value === 'string') return value.fallback_value;
    throw missingParameter(`Parameter '${where}['${type}']['fallback_value']' is mandatory.`);
  }
  if (type !== 'text')
    throw new GraphError(132012, {
      details: `${where}: Format mismatch, expected TEXT, received ${type.toUpperCase() || 'UNKNOWN'}`,
    });
  const text = parameter.text;
  if (text === undefined || text === null || text === '')
    throw missingParameter(`Parameter of type text is missing text value (${where})`);
  if (typeof text !== 'string') throw new GraphError(132012, { details: `${where}: text must be a string` });
  if (/[\n\r\t]| {5,}/.test(text)) {
    throw new GraphError(132018, {
      details: 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
    });
  }
  return text;
}

function checkOffer(component: TemplateComponent, given: Bag | undefined): void {
  const offer = component.limited_time_offer;
  if (!isBag(offer) || offer.has_expiration !== true) return;
  const value = parametersOf(given)[0]?.limited_time_offer;
  if (!isBag(value) || typeof value.expiration_time_ms !== 'number') {
    throw missingParameter('limited_time_offer: expiration_time_ms is mandatory for an offer that expires.');
  }
}

function checkCards(template: Template, component: TemplateComponent, given: Bag | undefined): void {
  const defined = component.cards ?? [];
  const cards = Array.isArray(given?.cards) ? given.cards.filter(isBag) : [];
  if (cards.length !== defined.length) throw mismatch('carousel cards', cards.length, defined.length);
  defined.forEach((card, index) => {
    const sent = cards.find((one) => Number(one.card_index) === index);
    if (!sent) throw missingParameter(`carousel: card_index ${index} is missing.`);
    const components = Array.isArray(sent.components) ? sent.components.filter(isBag) : [];
    checkComponents(template, card.components, components, `carousel card ${index} `);
  });
}
