import { GraphError } from '../graph/graph-error';
import { isBag, tooLong } from '../messages/checks';
import type { TemplateCategory, TemplateComponent } from '../world/state';
import { checkAuthentication, checkTtl } from './check-authentication';
import { checkButtons } from './check-buttons';
import { placeholders } from './placeholders';
import { refused } from './refused';
import { readComponents } from './read-components';

export interface Definition {
  category: TemplateCategory;
  parameterFormat: 'POSITIONAL' | 'NAMED';
  components: unknown;
  ttlSeconds?: unknown;
}

const componentTypes = [
  'HEADER',
  'BODY',
  'FOOTER',
  'BUTTONS',
  'CAROUSEL',
  'LIMITED_TIME_OFFER',
  'CALL_PERMISSION_REQUEST',
];

/** The components if they are well formed; reviewers judge them later. */
export function checkDefinition(definition: Definition): TemplateComponent[] {
  const { components, category } = definition;
  if (!Array.isArray(components) || components.length === 0)
    throw new GraphError(100, { message: '(#100) The parameter components is required.' });
  const read = readComponents(components);
  const strange = read.find((component) => !componentTypes.includes(component.type));
  if (strange) {
    throw new GraphError(100, {
      message: `(#100) Param components[type] must be one of {${componentTypes.join(', ')}} - got "${strange.type}".`,
    });
  }
  const types = read.map((component) => component.type);
  if (new Set(types).size < types.length)
    throw refused(2388043, 'Invalid components', 'Each component may be given once.');
  if (!types.includes('BODY')) throw refused(2388072, 'Message template body is missing', 'The body is required.');
  checkTtl(category, definition.ttlSeconds);
  if (category === 'AUTHENTICATION') return checkAuthentication(read);
  const offer = types.includes('LIMITED_TIME_OFFER');
  if (offer && types.includes('FOOTER'))
    throw refused(2388073, 'Footer is not allowed', 'A limited-time offer has no footer.');
  for (const component of read) checkComponent(definition, component, offer ? 600 : 1024);
  return read;
}

function checkComponent(definition: Definition, component: TemplateComponent, bodyMax: number): void {
  if (component.type === 'HEADER') checkHeader(definition, component);
  else if (component.type === 'BODY') checkBody(definition, component, bodyMax);
  else if (component.type === 'FOOTER') checkFooter(component);
  else if (component.type === 'BUTTONS') checkButtons(component.buttons);
  else if (component.type === 'CAROUSEL') checkCarousel(definition, component);
  else if (component.type === 'LIMITED_TIME_OFFER') {
    const offer = component.limited_time_offer;
    const text = isBag(offer) ? String(offer.text ?? '') : '';
    if (text === '' || tooLong(text, 16))
      throw refused(2388040, 'Character limit exceeded', 'The offer text has 1 to 16 characters.');
  }
}

function checkHeader(definition: Definition, header: TemplateComponent): void {
  const format = String(header.format ?? '').toUpperCase();
  if (!['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION', 'GIF', 'PRODUCT'].includes(format)) {
    throw refused(2388047, 'Message header format is incorrect', `A header's format cannot be "${format}".`);
  }
  const example = isBag(header.example) ? header.example : {};
  if (['IMAGE', 'VIDEO', 'DOCUMENT', 'GIF'].includes(format)) {
    const [handle] = Array.isArray(example.header_handle) ? (example.header_handle as unknown[]) : [];
    if (typeof handle !== 'string' || handle === '')
      throw refused(2388273, 'Header example is missing', 'A media header needs an example handle.');
  }
  if (format !== 'TEXT') return;
  const text = header.text ?? '';
  if (text === '' || tooLong(text, 60))
    throw refused(2388040, 'Character limit exceeded', 'The header has 1 to 60 characters.');
  if (/[\n*_~]/.test(text.replace(/\{\{[^}]*\}\}/g, '')))
    throw refused(
      2388047,
      'Message header format is incorrect',
      'The header cannot have new lines, asterisks or formatting.',
    );
  const variables = checkVariables(definition, text, 'header');
  if (variables.length > 1)
    throw refused(2388047, 'Message header format is incorrect', 'The header has at most one variable.');
  if (variables.length > 0 && !example.header_text && !example.header_text_named_params) {
    throw refused(2388273, 'Header example is missing', 'A header with a variable needs an example.');
  }
}

function checkBody(definition: Definition, body: TemplateComponent, max: number): void {
  const text = body.text ?? '';
  if (text === '') throw refused(2388072, 'Message template body is missing', 'The body is required.');
  if (tooLong(text, max)) throw refused(2388040, 'Character limit exceeded', `The body has at most ${max} characters.`);
  const variables = checkVariables(definition, text, 'body');
  if (variables.length === 0) return;
  const bare = text.trim();
  if (/^\{\{[^}]*\}\}/.test(bare) || /\{\{[^}]*\}\}[.!?]?$/.test(bare)) {
    throw refused(
      2388299,
      'Leading or trailing params are not allowed',
      "Variables can't be at the start or end of the template.",
    );
  }
  const words = bare
    .replace(/\{\{[^}]*\}\}/g, ' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  if (words < variables.length * 2 - 1 || words < 1) {
    throw refused(
      2388293,
      'Parameters words ratio exceeds limit',
      'This template has too many variables for its length. Reduce the number of variables or increase the message length.',
    );
  }
  const example = isBag(body.example) ? body.example : {};
  const [positional] = Array.isArray(example.body_text) ? (example.body_text as unknown[]) : [];
  const named = example.body_text_named_params;
  const given =
    definition.parameterFormat === 'NAMED' ? named : Array.isArray(positional) ? positional : example.body_text;
  if (!Array.isArray(given) || given.length < variables.length) {
    throw refused(
      2388043,
      'Message template example is missing',
      'component of type BODY is missing expected field(s) (example)',
    );
  }
}

function checkFooter(footer: TemplateComponent): void {
  const text = footer.text ?? '';
  if (text === '' || tooLong(text, 60))
    throw refused(2388040, 'Character limit exceeded', 'The footer has 1 to 60 characters.');
  if (placeholders(text).length > 0)
    throw refused(2388073, 'Message footer format is incorrect', 'The footer has no variables.');
}

/** Positional variables count from 1 without a gap; named ones are lowercase. */
function checkVariables(definition: Definition, text: string, where: string): string[] {
  const names = placeholders(text);
  if (definition.parameterFormat === 'NAMED') {
    if (names.some((name) => !/^[a-z][a-z0-9_]*$/.test(name))) {
      throw refused(
        2388072,
        `Message ${where} format is incorrect`,
        'Variable names have lowercase letters, digits and underscores.',
      );
    }
    return names;
  }
  const numbers = names.map(Number).sort((a, b) => a - b);
  if (numbers.some((number, index) => number !== index + 1)) {
    throw refused(2388072, `Message ${where} format is incorrect`, 'Variables are numbered from {{1}} without a gap.');
  }
  return names;
}

function checkCarousel(definition: Definition, carousel: TemplateComponent): void {
  const cards = carousel.cards ?? [];
  if (cards.length < 2 || cards.length > 10)
    throw refused(2388040, 'Carousel is incorrect', 'A carousel has 2 to 10 cards.');
  const layouts = cards.map((card) => {
    const parts = card.components;
    for (const part of parts) checkComponent(definition, part, 160);
    const header = parts.find((part) => part.type === 'HEADER');
    const buttons = parts.find((part) => part.type === 'BUTTONS')?.buttons ?? [];
    return `${String(header?.format).toUpperCase()}:${buttons.map((button) => button.type.toUpperCase()).join()}`;
  });
  if (new Set(layouts).size > 1)
    throw refused(2388040, 'Carousel is incorrect', 'All cards have the same header format and buttons.');
}
