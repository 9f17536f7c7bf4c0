import type { StreamAppend } from '../event-log';
import { ownersOf } from '../sealed-append';
import type { PersonalParts, Sealer } from './personal-parts';

/** Seals for everyone whom the appends concern; undefined where there is nothing to seal. */
export function sealerFor(
  parts: PersonalParts | undefined,
  appends: readonly StreamAppend[],
): Sealer | undefined | Promise<Sealer> {
  if (!parts) return undefined;
  const personal = appends.filter(({ events }) => events.some((event) => event.personal !== undefined));
  return personal.length === 0 ? undefined : parts.sealer(personal.map(ownersOf));
}
