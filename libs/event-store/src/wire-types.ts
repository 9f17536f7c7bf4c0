import { parseWireType, wireType } from '@postrider/event-contracts';

const wires = new Map<string, string>();
const parsed = new Map<string, { service: string; type: string; typeVersion: number }>();

/** The type as the log's column and the bus carry it. Refuses a name that would not come back the same. */
export function toWireType(service: string, type: string, typeVersion: number): string {
  const key = `${service} ${type} ${typeVersion}`;
  const known = wires.get(key);
  if (known !== undefined) return known;
  const wire = wireType(service, type, typeVersion);
  if (fromWireType(wire).type !== type)
    throw new Error(`the event name ${type} does not survive its wire type ${wire}`);
  wires.set(key, wire);
  return wire;
}

/** What a wire type names. */
export function fromWireType(wire: string): { service: string; type: string; typeVersion: number } {
  const known = parsed.get(wire);
  if (known) return known;
  const found = parseWireType(wire);
  if (!found) throw new Error(`${wire} is not an event type`);
  parsed.set(wire, found);
  return found;
}
