import { everySoOften, type Background } from '@postrider/service-host';
import type { MediaStore } from './media-store';

/** Forgets files whose time is over. */
export const sweepMedia = (store: Pick<MediaStore, 'sweep'>): Background =>
  everySoOften('sweep-media', 3_600_000, () => store.sweep());
