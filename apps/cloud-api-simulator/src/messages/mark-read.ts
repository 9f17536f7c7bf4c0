import type { GraphCall } from '../graph/graph-call';
import { GraphError, invalidParameter, missingParameter } from '../graph/graph-error';
import type { PhoneNumber } from '../world/state';
import { isBag } from './checks';

/** `{status: "read", message_id, typing_indicator?}` on the messages edge. */
export function markRead({ sim, params }: GraphCall, phone: PhoneNumber): unknown {
  if (params.status !== 'read')
    throw new GraphError(100, {
      message: `(#100) Param status must be one of {READ} - got "${String(params.status)}".`,
    });
  const { message_id: id, typing_indicator: typing } = params;
  if (typeof id !== 'string' || id === '') throw missingParameter("Parameter 'message_id' is mandatory.");
  if (!id.startsWith('wamid.')) throw invalidParameter('Message ID is invalid.');
  if (typing !== undefined && (!isBag(typing) || typing.type !== 'text')) {
    throw new GraphError(100, { message: "(#100) Param typing_indicator['type'] must be one of {TEXT}." });
  }
  sim.outbox.readMarks.set(id, { phoneNumberId: phone.id, atMs: sim.nowMs(), typing: typing !== undefined });
  return { success: true };
}
