import { createHash } from 'node:crypto';
import { nextNumber, type Simulation } from '../world/simulation';
import type { Media, PhoneNumber } from '../world/state';

/** Keeps a file and gives it an id that lives so many days. */
export function addMedia(
  sim: Simulation,
  phone: PhoneNumber,
  file: { bytes: Buffer; mimeType: string; days: number; filename?: string },
): Media {
  const media: Media = {
    id: String(nextNumber(sim.state, 'media', 5_000_000_000_000_001)),
    phoneNumberId: phone.id,
    mimeType: file.mimeType,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    base64: file.bytes.toString('base64'),
    size: file.bytes.length,
    expiresAtMs: sim.nowMs() + file.days * 86_400_000,
    ...(file.filename !== undefined && { filename: file.filename }),
  };
  sim.state.media.set(media.id, media);
  return media;
}
