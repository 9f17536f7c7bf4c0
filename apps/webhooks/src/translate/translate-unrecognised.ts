import { createHash } from 'node:crypto';
import { UnrecognisedChangeReceived } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import type { Fact, Reading } from './fact';
import { whomItNames } from './whom-it-names';

/** Beyond this an event would not fit on the bus; the receipt has the whole. */
const rawCharsMax = 64 * 1024;

/** Keeps in its raw form what is not understood, so that nothing that Meta said is lost unseen. */
export function translateUnrecognised(
  reading: Reading,
  { field, because, raw }: { field: string; because: string; raw: unknown },
): Fact {
  const { accountId, wabaId } = reading;
  const text = JSON.stringify(raw) ?? 'null';
  const hash = createHash('sha256').update(`${field} ${text}`).digest('hex');
  const streamId = derivedId.unrecognised(wabaId);
  const kept = text.length <= rawCharsMax ? raw : { excerpt: text.slice(0, rawCharsMax), chars: text.length };
  return {
    id: derivedId.fact('unrecognised', accountId, hash),
    streamId,
    orderingKey: streamId,
    ...whomItNames(reading, raw),
    event: UnrecognisedChangeReceived.of({ accountId, wabaId, field, because: because.slice(0, 500) }, { raw: kept }),
  };
}
