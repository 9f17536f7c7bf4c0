import { createHmac } from 'node:crypto';
import type { Update } from '../world/jobs';

/** At most so many updates and bytes travel in one POST. */
export const updatesMax = 1_000;
export const bytesMax = 3_000_000;

/**
 * The bytes of one POST: an entry for each run of updates of one account, changes in order. Statuses of one message
 * that travel together share a value.
 */
export function composeBody(updates: readonly Update[]): string {
  const entries: { id: string; time?: number; changes: { value: Record<string, unknown>; field: string }[] }[] = [];
  for (const update of updates) {
    let entry = entries.at(-1);
    if (!entry || entry.id !== update.wabaId || entry.time !== update.timeSeconds) {
      entry = { id: update.wabaId, ...(update.timeSeconds !== undefined && { time: update.timeSeconds }), changes: [] };
      entries.push(entry);
    }
    const last = entry.changes.at(-1);
    if (last && sameMessage(last.value, update.value)) {
      last.value = {
        ...last.value,
        statuses: [...(last.value.statuses as unknown[]), ...(update.value.statuses as unknown[])],
      };
    } else {
      entry.changes.push({ value: update.value, field: update.field });
    }
  }
  const text = JSON.stringify({ object: 'whatsapp_business_account', entry: entries });
  const numbered = updates.some((update) => 'message_template_id' in update.value) ? withIntegerIds(text) : text;
  return escapeUnicode(numbered);
}

function sameMessage(before: Record<string, unknown>, after: Record<string, unknown>): boolean {
  const [first] = (before.statuses ?? []) as { id: string; errors?: unknown }[];
  const [second] = (after.statuses ?? []) as { id: string; errors?: unknown }[];
  return first !== undefined && second !== undefined && first.id === second.id && !first.errors && !second.errors;
}

/** Template ids are JSON integers in webhooks and may exceed what a double holds, so they are written as digits. */
function withIntegerIds(text: string): string {
  return text.replace(/"message_template_id":"(\d+)"/g, '"message_template_id":$1');
}

/** Meta writes everything beyond ASCII as lowercase \\uXXXX, and signs what it writes. */
export function escapeUnicode(json: string): string {
  return json.replace(/[^\x00-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The two signature headers over exactly these bytes. */
export function signatureHeaders(secret: string, body: string): Record<string, string> {
  return {
    'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`,
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
}
