import { openKept, type OpenEvents } from '@postrider/event-store';

/** Opens what is kept of personal parts, in order; one that can no longer be read is as if it were not there. */
export type ReadPersonal = <Part>(kept: readonly (Buffer | null)[]) => Promise<(Part | undefined)[]>;

export function personalReader(open: OpenEvents): ReadPersonal {
  return async <Part>(kept: readonly (Buffer | null)[]) => (await openKept(kept, open)) as (Part | undefined)[];
}

/** For a viewer who may not see people: nothing is opened. */
export const unread: ReadPersonal = (kept) => Promise.resolve(kept.map(() => undefined));
