import { z } from 'zod';
import { limits } from '../limits';
import { text } from '../shape';
import { MediaReference } from './media';

const part = limits.interactive;
export const body = z.strictObject({ text: text(part.body) });
export const listBody = z.strictObject({ text: text(part.listBody) });
export const footer = z.strictObject({ text: text(part.footer) });
export const textHeader = z.strictObject({
  type: z.literal('text'),
  text: text(part.header),
  sub_text: text(part.header).optional(),
});
export const imageHeader = z.strictObject({ type: z.literal('image'), image: MediaReference });
export const videoHeader = z.strictObject({ type: z.literal('video'), video: MediaReference });
const documentHeader = z.strictObject({ type: z.literal('document'), document: MediaReference });

/** A header of text or of a file. */
export const header = z.discriminatedUnion('type', [textHeader, imageHeader, videoHeader, documentHeader]);
export const visualHeader = z.discriminatedUnion('type', [imageHeader, videoHeader]);
