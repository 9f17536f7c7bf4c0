import { invalidParameter, invalidValue, missingParameter } from '../graph/graph-error';
import type { Bag } from './checks';
import { bagAt, isBag, listAt, numberWithin, oneOf, optionalTextAt, textAt } from './checks';
import { checkCarousel } from './check-carousel';
import type { ContentContext } from './check-content';
import { checkMedia } from './check-content';

interface InteractiveRule {
  headers: readonly string[];
  /** Characters of the body; 0 = none allowed. */
  body: number;
  bodyOptional?: boolean;
  footer: number;
  action: (action: Bag, interactive: Bag, context: ContentContext) => void;
}

const anyHeader = ['text', 'image', 'video', 'document'];

/** Every interactive type with what it may hold. */
const rules: Readonly<Record<string, InteractiveRule>> = {
  button: { headers: anyHeader, body: 1024, footer: 60, action: checkButtons },
  list: { headers: ['text'], body: 4096, footer: 60, action: checkList },
  cta_url: { headers: anyHeader, body: 1024, footer: 60, action: (action) => checkUrlButton(action, 'action') },
  flow: { headers: anyHeader, body: 1024, footer: 60, action: checkFlow },
  product: { headers: [], body: 1024, bodyOptional: true, footer: 60, action: checkProduct },
  product_list: { headers: ['text'], body: 1024, footer: 60, action: checkProducts },
  catalog_message: { headers: [], body: 1024, footer: 60, action: named('catalog_message') },
  location_request_message: { headers: [], body: 1024, footer: 0, action: named('send_location') },
  address_message: { headers: anyHeader, body: 1024, footer: 60, action: named('address_message') },
  voice_call: { headers: ['text'], body: 1024, footer: 60, action: checkVoiceCall },
  call_permission_request: { headers: [], body: 1024, footer: 60, action: named('call_permission_request') },
  request_contact_info: { headers: [], body: 1024, footer: 0, action: named('request_contact_info') },
  carousel: { headers: [], body: 1024, footer: 0, action: (action, _, context) => checkCarousel(action, context) },
  order_details: { headers: ['image', 'document', 'video'], body: 1024, footer: 60, action: named('review_and_pay') },
  order_status: { headers: [], body: 1024, footer: 60, action: named('review_order') },
};

export function checkInteractive(interactive: Bag, context: ContentContext): void {
  const type = oneOf(interactive.type, Object.keys(rules), "interactive['type']");
  const rule = rules[type];
  if (!rule) return;
  if (interactive.header !== undefined)
    checkHeader(bagAt(interactive, 'header', "interactive['header']"), rule, context);
  else if (type === 'product_list')
    throw missingParameter("Parameter 'interactive['header']' is mandatory for type product_list.");
  if (interactive.body !== undefined || !rule.bodyOptional) {
    textAt(bagAt(interactive, 'body', "interactive['body']"), 'text', "interactive['body']['text']", rule.body);
  }
  if (interactive.footer !== undefined) {
    if (rule.footer === 0) throw invalidParameter(`Param interactive['footer'] is not allowed for type ${type}.`);
    textAt(bagAt(interactive, 'footer', "interactive['footer']"), 'text', "interactive['footer']['text']", rule.footer);
  }
  rule.action(bagAt(interactive, 'action', "interactive['action']"), interactive, context);
}

function checkHeader(header: Bag, rule: InteractiveRule, context: ContentContext): void {
  const type = oneOf(header.type, [...rule.headers], "interactive['header']['type']");
  if (type === 'text') textAt(header, 'text', "interactive['header']['text']", 60);
  else
    checkMedia(
      type,
      bagAt(header, type, `interactive['header']['${type}']`),
      context,
      `interactive['header']['${type}']`,
    );
}

function checkButtons(action: Bag): void {
  const ids = new Set<string>();
  const titles = new Set<string>();
  listAt(action, 'buttons', 'buttons', { max: 3 }).forEach((button, index) => {
    const path = `interactive['action']['buttons'][${index}]`;
    if (!isBag(button)) throw invalidParameter(`Param ${path} must be a JSON object.`);
    oneOf(button.type, ['reply'], `${path}['type']`);
    const reply = bagAt(button, 'reply', `${path}['reply']`);
    ids.add(textAt(reply, 'id', `${path}['reply']['id']`, 256));
    titles.add(lengthWithin(reply, 'title', 'Button title', 20));
    if (ids.size <= index || titles.size <= index) throw invalidValue('Button ids and titles must be unique.');
  });
}

/** Meta words lengths inside lists of buttons and rows in its own way. */
export function lengthWithin(bag: Bag, key: string, what: string, max: number): string {
  const value = bag[key];
  if (value === undefined || value === null) throw missingParameter(`${what} is mandatory.`);
  if (typeof value !== 'string' || value === '' || [...value].length > max) {
    throw invalidValue(`${what} length invalid. Min length: 1, Max length: ${max}`);
  }
  return value;
}

function checkList(action: Bag): void {
  lengthWithin(action, 'button', 'Button label', 20);
  const sections = listAt(action, 'sections', 'sections', { max: 10 });
  const ids = new Set<string>();
  let rows = 0;
  for (const section of sections) {
    if (!isBag(section)) throw invalidParameter('Every section must be a JSON object.');
    if (sections.length > 1 || section.title !== undefined) lengthWithin(section, 'title', 'Section title', 24);
    for (const row of listAt(section, 'rows', 'rows', { max: 10 })) {
      if (!isBag(row)) throw invalidParameter('Every row must be a JSON object.');
      ids.add(lengthWithin(row, 'id', 'Row id', 200));
      lengthWithin(row, 'title', 'Row title', 24);
      if (row.description !== undefined && row.description !== '')
        lengthWithin(row, 'description', 'Row description', 72);
      rows += 1;
    }
  }
  if (rows > 10) throw invalidValue(`Total row count exceed max allowed count: 10`);
  if (ids.size < rows) throw invalidValue('Duplicated row id.');
}

/** `{name: "cta_url", parameters: {display_text, url}}`. */
export function checkUrlButton(action: Bag, path: string): void {
  oneOf(action.name, ['cta_url'], `${path}['name']`);
  const parameters = bagAt(action, 'parameters', `${path}['parameters']`);
  lengthWithin(parameters, 'display_text', 'Button display_text', 20);
  const url = textAt(parameters, 'url', `${path}['parameters']['url']`, 2000);
  if (!/^https?:\/\/[^\s]+$/i.test(url)) throw invalidValue(`Param ${path}['parameters']['url'] is not a valid URL.`);
}

function checkFlow(action: Bag): void {
  oneOf(action.name, ['flow'], "action['name']");
  const parameters = bagAt(action, 'parameters', "action['parameters']");
  oneOf(String(parameters.flow_message_version ?? ''), ['3'], "action['parameters']['flow_message_version']");
  if ((parameters.flow_id === undefined) === (parameters.flow_name === undefined)) {
    throw invalidParameter('Exactly one of flow_id and flow_name is mandatory.');
  }
  lengthWithin(parameters, 'flow_cta', 'flow_cta', 30);
  const flowAction = parameters.flow_action ?? 'navigate';
  oneOf(flowAction, ['navigate', 'data_exchange'], "action['parameters']['flow_action']");
  if (parameters.flow_action_payload !== undefined) {
    textAt(
      bagAt(parameters, 'flow_action_payload', 'flow_action_payload'),
      'screen',
      "flow_action_payload['screen']",
      200,
    );
  }
}

function checkProduct(action: Bag): void {
  textAt(action, 'catalog_id', "action['catalog_id']", 100);
  textAt(action, 'product_retailer_id', "action['product_retailer_id']", 100);
}

function checkProducts(action: Bag): void {
  textAt(action, 'catalog_id', "action['catalog_id']", 100);
  let products = 0;
  const sections = listAt(action, 'sections', 'sections', { max: 10 });
  for (const section of sections) {
    if (!isBag(section)) throw invalidParameter('Every section must be a JSON object.');
    if (sections.length > 1 || section.title !== undefined) lengthWithin(section, 'title', 'Section title', 24);
    for (const item of listAt(section, 'product_items', 'product_items', { max: 30 })) {
      textAt(isBag(item) ? item : {}, 'product_retailer_id', "product_items['product_retailer_id']", 100);
      products += 1;
    }
  }
  if (products > 30) throw invalidValue('Total product count exceed max allowed count: 30');
}

function checkVoiceCall(action: Bag): void {
  oneOf(action.name, ['voice_call'], "action['name']");
  if (action.parameters === undefined) return;
  const parameters = bagAt(action, 'parameters', "action['parameters']");
  optionalTextAt(parameters, 'display_text', "action['parameters']['display_text']", 20);
  if (parameters.ttl_minutes !== undefined)
    numberWithin(parameters.ttl_minutes, "action['parameters']['ttl_minutes']", 1, 43_200);
}

function named(name: string): InteractiveRule['action'] {
  return (action) => void oneOf(action.name, [name], "interactive['action']['name']");
}
