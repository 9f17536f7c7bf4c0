import type { RecordedEvent } from '@postrider/event-contracts';
import { isPartBox } from '@postrider/keys';
import { partText } from './personal-parts';

const format = 2;
const idBytes = 16;
const headBytes = 2 + 2 * idBytes;

/**
 * What a reader may keep of an event's personal part: still sealed, with what it takes to open it later (`openKept`). So
 * a table that holds it says nothing more once the person's key is destroyed. Undefined where there is no such part.
 */
export function keptPart(
  event: Pick<RecordedEvent, 'id' | 'workspaceId' | 'service' | 'sealed' | 'personal'>,
): Buffer | undefined {
  if (!event.sealed) return event.personal === undefined ? undefined : partText(event.personal);
  const service = Buffer.from(event.service, 'latin1');
  const head = Buffer.alloc(headBytes);
  head[0] = format;
  head[1] = service.length;
  head.write(event.id.replaceAll('-', ''), 2, 'hex');
  head.write(event.workspaceId.replaceAll('-', ''), 2 + idBytes, 'hex');
  return Buffer.concat([head, service, event.sealed]);
}

export type OpenEvents = (service: string, events: readonly RecordedEvent[]) => Promise<RecordedEvent[]>;

/** The parts behind what was kept, in order; undefined where there is none, or it can no longer be read. */
export async function openKept(kept: readonly (Buffer | null)[], open: OpenEvents): Promise<unknown[]> {
  const parts = kept.map((bytes) => (bytes === null ? {} : read(bytes)));
  const closed = parts.flatMap((part) => ('sealed' in part ? [part as RecordedEvent] : []));
  const opened = new Map<RecordedEvent, RecordedEvent>();
  for (const service of new Set(closed.map((part) => part.service))) {
    const own = closed.filter((part) => part.service === service);
    const events = await open(service, own);
    own.forEach((part, at) => opened.set(part, events[at] ?? part));
  }
  return parts.map((part) => (opened.get(part as RecordedEvent) ?? (part as Partial<RecordedEvent>)).personal);
}

function read(bytes: Buffer): Partial<RecordedEvent> {
  if (!isPartBox(bytes)) return { personal: JSON.parse(bytes.toString('utf8')) as unknown };
  const serviceEnd = headBytes + (bytes[1] ?? 0);
  const [id, workspaceId] = [uuidAt(bytes, 2), uuidAt(bytes, 2 + idBytes)];
  const service = bytes.toString('latin1', headBytes, serviceEnd);
  return { id, workspaceId, service, sealed: bytes.subarray(serviceEnd) };
}

function uuidAt(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + idBytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
