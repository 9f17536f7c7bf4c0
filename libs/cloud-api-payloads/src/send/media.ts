import { z } from 'zod';
import { limits } from '../limits';
import { id, link, text, textOrNothing } from '../shape';

const source = { id: id.optional(), link: link.optional() };
const exactlyOne = (value: { id?: string; link?: string }) => (value.id === undefined) !== (value.link === undefined);
const either = 'needs exactly one of id and link';
const caption = { caption: textOrNothing(limits.caption).optional() };

export const Image = z.strictObject({ ...source, ...caption }).refine(exactlyOne, either);
export const Video = z.strictObject({ ...source, ...caption }).refine(exactlyOne, either);
/** `voice: true` makes a voice note: ogg with opus only, and it gives a `played` status. */
export const Audio = z.strictObject({ ...source, voice: z.boolean().optional() }).refine(exactlyOne, either);
export const Document = z
  .strictObject({ ...source, ...caption, filename: text(limits.filename).optional() })
  .refine(exactlyOne, either);
export const Sticker = z.strictObject(source).refine(exactlyOne, either);

/** A media file by its id or address alone, as headers and cards take it. */
export const MediaReference = z
  .strictObject({ ...source, provider: z.unknown().optional(), filename: text(limits.filename).optional() })
  .refine(exactlyOne, either);
