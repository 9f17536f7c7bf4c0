import type { Update } from '../world/jobs';

/** What a webhook fault's `match` is compared with. */
export function subjectOf(update: Update): Record<string, unknown> {
  const [status] = (update.value.statuses ?? []) as Record<string, unknown>[];
  const [message] = (update.value.messages ?? []) as Record<string, unknown>[];
  return {
    ...(update.note.message && { to: update.note.message.phone, wamid: update.note.message.wamid }),
    ...message,
    ...status,
    field: update.field,
    wabaId: update.wabaId,
    phoneNumberId: update.phoneNumberId,
  };
}
