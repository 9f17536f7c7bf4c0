import { randomBytes } from 'node:crypto';
import { route, type GraphCall, type NodeOf, type Route } from '../graph/graph-call';
import { GraphError } from '../graph/graph-error';
import { secondsOf } from '../world/simulation';
import type { Media } from '../world/state';
import { addMedia } from './add-media';
import { kindOfMime } from './media-kinds';

const common = { permission: 'whatsapp_business_messaging' as const, operation: 'media' };
const urlLivesSeconds = 300;

function upload({ sim, params, file }: GraphCall, { phone }: NodeOf<'phone'>): unknown {
  if (params.messaging_product !== 'whatsapp')
    throw new GraphError(100, { message: '(#100) The parameter messaging_product is required.' });
  if (!file) throw new GraphError(100, { message: '(#100) The parameter file is required.' });
  // The part's own type wins; the type parameter stands in where the part has none.
  const mimeType =
    file.mimeType === 'application/octet-stream' && typeof params.type === 'string' ? params.type : file.mimeType;
  const kind = kindOfMime(mimeType);
  if (!kind) {
    throw new GraphError(100, {
      message: `(#100) Param file must be a file with one of the following types: audio/aac, audio/mp4, audio/mpeg, audio/amr, audio/ogg, application/vnd.ms-powerpoint, application/msword, application/vnd.openxmlformats-officedocument.wordprocessingml.document, application/vnd.openxmlformats-officedocument.presentationml.presentation, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, application/pdf, text/plain, application/vnd.ms-excel, image/jpeg, image/png, image/webp, video/mp4, video/3gpp. Received file of type '${mimeType}'.`,
    });
  }
  if (file.bytes.length > kind.maxBytes(mimeType)) {
    throw new GraphError(131053, {
      details: `File size of ${file.bytes.length} bytes is over the limit of ${kind.maxBytes(mimeType)} bytes for ${kind.type}.`,
    });
  }
  if (file.bytes.length === 0) throw new GraphError(131053, { details: 'The file is empty.' });
  return { id: addMedia(sim, phone, { bytes: file.bytes, mimeType, days: 30, filename: file.filename }).id };
}

function present({ params }: GraphCall, media: Media, nowMs: number): void {
  const asked = params.phone_number_id;
  if (media.expiresAtMs <= nowMs || (asked !== undefined && String(asked) !== media.phoneNumberId)) {
    throw new GraphError(100, {
      subcode: 33,
      type: 'GraphMethodException',
      message: `Unsupported get request. Object with ID '${media.id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
    });
  }
}

function describe(call: GraphCall, { media }: NodeOf<'media'>): unknown {
  const nowMs = call.sim.nowMs();
  present(call, media, nowMs);
  return {
    messaging_product: 'whatsapp',
    url: `${call.sim.baseUrl}/media-download/?mid=${media.id}&ext=${secondsOf(nowMs) + urlLivesSeconds}&hash=${randomBytes(12).toString('hex')}`,
    mime_type: media.mimeType,
    sha256: media.sha256,
    file_size: media.size,
    id: media.id,
  };
}

function startUpload({ sim, params, token }: GraphCall, { app }: NodeOf<'app'>): unknown {
  const length = Number(params.file_length);
  const mimeType = String(params.file_type ?? '');
  if (!['application/pdf', 'image/jpeg', 'image/jpg', 'image/png', 'video/mp4'].includes(mimeType)) {
    throw new GraphError(100, {
      message: `(#100) Param file_type must be one of {application/pdf, image/jpeg, image/jpg, image/png, video/mp4} - got "${mimeType}".`,
    });
  }
  if (!Number.isInteger(length) || length < 1 || length > 100 * 1024 * 1024)
    throw new GraphError(100, { message: '(#100) Param file_length must be a number of bytes.' });
  const id = `upload:${randomBytes(18).toString('base64url')}`;
  sim.state.uploads.set(id, {
    id,
    appId: token.appId || app.id,
    length,
    mimeType,
    name: String(params.file_name ?? ''),
    base64: '',
    received: 0,
  });
  return { id };
}

function receiveUpload({ headers, body }: GraphCall, { upload: session }: NodeOf<'upload'>): unknown {
  const offset = Number(headers.file_offset ?? 0);
  if (offset !== session.received)
    throw new GraphError(100, { message: `(#100) The file_offset is ${offset}, expected ${session.received}.` });
  const bytes = Buffer.concat([Buffer.from(session.base64, 'base64'), body]);
  if (bytes.length > session.length)
    throw new GraphError(100, { message: '(#100) More bytes were sent than announced.' });
  session.base64 = bytes.toString('base64');
  session.received = bytes.length;
  if (bytes.length < session.length) return { id: session.id, file_offset: session.received };
  return { h: `4::${Buffer.from(`${session.id}:${session.mimeType}`).toString('base64')}` };
}

export const mediaRoutes: Route[] = [
  route({ ...common, method: 'POST', kind: 'phone', edge: 'media', handle: upload }),
  route({ ...common, method: 'GET', kind: 'media', edge: '', handle: describe }),
  route({
    ...common,
    method: 'DELETE',
    kind: 'media',
    edge: '',
    handle(call, { media }) {
      present(call, media, call.sim.nowMs());
      call.sim.state.media.delete(media.id);
      return { success: true };
    },
  }),
  route({ method: 'POST', kind: 'app', edge: 'uploads', operation: 'media', handle: startUpload }),
  route({ method: 'POST', kind: 'upload', edge: '', operation: 'media', handle: receiveUpload }),
  route({
    method: 'GET',
    kind: 'upload',
    edge: '',
    operation: 'media',
    handle: (_, { upload: session }) => ({ id: session.id, file_offset: session.received }),
  }),
];
