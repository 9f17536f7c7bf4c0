import { parseWireType, wireType, type RecordedEvent, type ServiceName } from '@postrider/event-contracts';
import type { KafkaRecord, OutgoingRecord } from './kafka-port';

type Kind = Pick<RecordedEvent, 'service' | 'type' | 'typeVersion'>;

/** The topic that a service's log is published to; its partitions are the log's shards. */
export function topicOf(service: ServiceName, installation = 'postrider'): string {
  return `${installation}.${service}`;
}

/** An event as a Kafka record: CloudEvents 1.0 in binary mode, key = ordering key, value = `{data, sealed}`, base64. */
export function toRecord(event: RecordedEvent): OutgoingRecord {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: event.id,
    ce_source: `/postrider/${event.service}`,
    ce_type: wireType(event.service, event.type, event.typeVersion),
    ce_subject: event.streamId,
    ce_time: event.at.toISOString(),
    ce_workspaceid: event.workspaceId,
    ce_streamversion: String(event.streamVersion),
    ce_position: String(event.position),
    ce_actor: event.actor,
    ce_correlationid: event.correlationId,
    ce_aliaskeys: event.aliasKeys.join(','),
  };
  if (event.causationId !== undefined) headers['ce_causationid'] = event.causationId;
  if (event.traceparent !== undefined) headers['ce_traceparent'] = event.traceparent;
  const sealed = event.sealed && Buffer.from(event.sealed).toString('base64');
  const value = JSON.stringify({ data: event.data, personal: event.personal, sealed });
  return { key: event.orderingKey, value, headers };
}

/** Whether a relay made this record. */
export function isEvent({ headers }: Pick<KafkaRecord, 'headers'>): boolean {
  const position = Number(headers['ce_position']);
  return kindOf(headers['ce_type'] ?? '') !== undefined && Number.isSafeInteger(position) && position > 0;
}

/** The event that a record carries; the value of one that is not wanted stays unread. Throws where it is none. */
export function fromRecord(record: KafkaRecord, wants: (kind: Kind) => boolean = () => true): RecordedEvent {
  const { headers } = record;
  const kind = kindOf(headers['ce_type'] ?? '');
  if (!kind || !isEvent(record)) {
    throw new Error(`Offset ${record.offset} of partition ${record.partition} is no event of a Postrider log.`);
  }
  const { data, personal, sealed } = wants(kind)
    ? (JSON.parse(record.value.toString()) as { data: unknown; personal?: unknown; sealed?: string })
    : nothing;
  const aliasKeys = headers['ce_aliaskeys'];
  return {
    ...kind,
    id: headers['ce_id'] ?? '',
    streamId: headers['ce_subject'] ?? '',
    streamVersion: Number(headers['ce_streamversion']),
    shard: record.partition,
    position: Number(headers['ce_position']),
    orderingKey: record.key ?? '',
    at: new Date(headers['ce_time'] ?? ''),
    workspaceId: headers['ce_workspaceid'] ?? '',
    actor: headers['ce_actor'] ?? '',
    correlationId: headers['ce_correlationid'] ?? '',
    aliasKeys: aliasKeys ? aliasKeys.split(',') : [],
    ...(headers['ce_causationid'] === undefined ? {} : { causationId: headers['ce_causationid'] }),
    ...(headers['ce_traceparent'] === undefined ? {} : { traceparent: headers['ce_traceparent'] }),
    data,
    ...(personal === undefined ? {} : { personal }),
    ...(sealed === undefined ? {} : { sealed: Buffer.from(sealed, 'base64') }),
  };
}

const nothing = { data: undefined, personal: undefined, sealed: undefined };
const kinds = new Map<string, Kind>();

/** There are few kinds and many records. */
function kindOf(wire: string): Kind | undefined {
  const known = kinds.get(wire);
  if (known) return known;
  const parsed = parseWireType(wire);
  if (parsed) kinds.set(wire, parsed);
  return parsed;
}
