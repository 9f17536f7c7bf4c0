const hourMs = 3_600_000;
const customerServiceHours = 24;
const freeEntryHours = 72;
/** What dispatch holds back too, so that no free text leaves in the window's last breath. */
const marginMs = 60_000;

export interface Window {
  readonly open: boolean;
  readonly closesAt: string | null;
  /** Until when messages are free, after the person came by an advertisement and was answered within a day. */
  readonly freeUntil?: string;
}

/** The customer service window: a day from the person's last message, by Meta's clock. */
export function windowOf(
  { inboundAt, entryAt, answeredAt }: { inboundAt: Date | null; entryAt: Date | null; answeredAt: Date | null },
  now: Date,
): Window {
  const closesAt = inboundAt === null ? null : new Date(inboundAt.getTime() + customerServiceHours * hourMs - marginMs);
  const answered = entryAt !== null && answeredAt !== null && answeredAt.getTime() <= entryAt.getTime() + 24 * hourMs;
  const freeUntil = answered ? new Date(answeredAt.getTime() + freeEntryHours * hourMs) : undefined;
  return {
    open: closesAt !== null && closesAt > now,
    closesAt: closesAt?.toISOString() ?? null,
    ...(freeUntil !== undefined && freeUntil > now ? { freeUntil: freeUntil.toISOString() } : {}),
  };
}
