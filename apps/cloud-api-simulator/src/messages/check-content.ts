import type { Simulation } from '../world/simulation';
import { GraphError, invalidParameter, invalidValue, missingParameter } from '../graph/graph-error';
import { mediaKinds } from '../media/media-kinds';
import type { Bag } from './checks';
import { bagAt, isBag, listAt, numberWithin, onlyKeys, optionalTextAt, textAt } from './checks';
import { checkInteractive } from './check-interactive';

export interface ContentContext {
  sim: Simulation;
  phoneNumberId: string;
}

const messageTypes = [
  'text',
  'image',
  'audio',
  'video',
  'document',
  'sticker',
  'location',
  'contacts',
  'reaction',
  'template',
  'interactive',
];

/** Refuses content that is missing, misspelled, too long or of the wrong kind; template lookups come later. */
export function checkContent(body: Bag, context: ContentContext): string {
  const type = body.type ?? 'text';
  if (typeof type !== 'string' || !messageTypes.includes(type)) {
    throw new GraphError(100, {
      message: `(#100) Param type must be one of {${messageTypes.map((t) => t.toUpperCase()).join(', ')}} - got "${String(type)}".`,
    });
  }
  if (type === 'contacts') {
    listAt(body, 'contacts', 'contacts', { max: 257 }).forEach(checkContact);
    return type;
  }
  const content = bagAt(body, type, type);
  if (type === 'text') checkText(content);
  else if (type === 'location') checkLocation(content);
  else if (type === 'reaction') checkReaction(content, context);
  else if (type === 'template') checkTemplateShape(content);
  else if (type === 'interactive') checkInteractive(content, context);
  else checkMedia(type, content, context);
  return type;
}

function checkText(text: Bag): void {
  onlyKeys(text, ['body', 'preview_url'], 'text');
  textAt(text, 'body', "text['body']", 4096);
}

/** A media object: an id or a link, not both, and the keys its kind may have. */
export function checkMedia(type: string, media: Bag, context: ContentContext, path = type): void {
  const extra: Record<string, string[]> = {
    image: ['caption'],
    video: ['caption'],
    document: ['caption', 'filename'],
    audio: ['voice'],
    sticker: [],
  };
  onlyKeys(media, ['id', 'link', 'provider', ...(extra[type] ?? [])], path);
  const { id, link } = media;
  if (id === undefined && link === undefined)
    throw new GraphError(100, { details: `Either 'id' or 'link' must be provided on param "${path}".` });
  if (id !== undefined && link !== undefined)
    throw new GraphError(100, { details: `Only one of 'id' and 'link' may be provided on param "${path}".` });
  if (link !== undefined && (typeof link !== 'string' || !/^https?:\/\/[^\s]+$/i.test(link))) {
    throw new GraphError(100, { message: `(#100) Param ${path}['link'] is not a valid URL.` });
  }
  if (id !== undefined) checkMediaId(type, String(id), context, path);
  optionalTextAt(media, 'caption', `${path}['caption']`, 1024);
  optionalTextAt(media, 'filename', `${path}['filename']`, 240);
}

function checkMediaId(type: string, id: string, { sim, phoneNumberId }: ContentContext, path: string): void {
  const stored = sim.state.media.get(id);
  const account = (number: string): string | undefined => sim.state.numbers.get(number)?.wabaId;
  if (!stored || account(stored.phoneNumberId) !== account(phoneNumberId) || stored.expiresAtMs <= sim.nowMs()) {
    throw new GraphError(100, {
      details: `Param ${path}['id'] is not a valid whatsapp business account media attachment ID.`,
    });
  }
  const kind = mediaKinds.find((known) => known.type === type);
  if (kind && !kind.accepts(stored.mimeType)) {
    throw invalidValue(`Media of type ${stored.mimeType} cannot be sent as ${type}.`);
  }
}

function checkLocation(location: Bag): void {
  onlyKeys(location, ['latitude', 'longitude', 'name', 'address'], 'location');
  numberWithin(location.latitude, "location['latitude']", -90, 90);
  numberWithin(location.longitude, "location['longitude']", -180, 180);
  optionalTextAt(location, 'name', "location['name']", 1000);
  optionalTextAt(location, 'address', "location['address']", 1000);
}

function checkContact(contact: unknown, index: number): void {
  const path = `contacts[${index}]`;
  if (!isBag(contact)) throw invalidParameter(`Param ${path} must be a JSON object.`);
  const name = bagAt(contact, 'name', `${path}['name']`);
  textAt(name, 'formatted_name', `${path}['name']['formatted_name']`, 1024);
  const parts = ['first_name', 'last_name', 'middle_name', 'suffix', 'prefix'];
  if (!parts.some((part) => typeof name[part] === 'string' && name[part] !== '')) {
    throw missingParameter(`At least one of ${parts.join(', ')} is mandatory on param ${path}['name'].`);
  }
}

/** By constructor: the compiler's target does not know the flag yet. */
const oneEmoji = new RegExp('^\\p{RGI_Emoji}$', 'v');
const thirtyDaysMs = 30 * 86_400_000;

function checkReaction(reaction: Bag, { sim }: ContentContext): void {
  onlyKeys(reaction, ['message_id', 'emoji'], 'reaction');
  const target = textAt(reaction, 'message_id', "reaction['message_id']", 512);
  if (typeof reaction.emoji !== 'string') throw missingParameter("Parameter 'reaction['emoji']' is mandatory.");
  if (reaction.emoji !== '' && !oneEmoji.test(reaction.emoji)) throw invalidValue('The reaction must be one emoji.');
  if (!target.startsWith('wamid.')) throw invalidValue("Param reaction['message_id'] is not a valid message id.");
  const known = sim.witness.find(target);
  if (known && (known.type === 'reaction' || known.acceptedAtMs + thirtyDaysMs < sim.nowMs())) {
    throw invalidValue('The message reacted to is older than 30 days, deleted, or itself a reaction.');
  }
}

function checkTemplateShape(template: Bag): void {
  onlyKeys(
    template,
    ['name', 'language', 'components', 'namespace', 'degrees_of_freedom_spec', 'message_send_ttl_seconds'],
    'template',
  );
  textAt(template, 'name', "template['name']", 512);
  const language = bagAt(template, 'language', "template['language']");
  textAt(language, 'code', "template['language']['code']", 15);
  if (template.components !== undefined && !Array.isArray(template.components)) {
    throw invalidParameter("Param template['components'] must be an array.");
  }
}
