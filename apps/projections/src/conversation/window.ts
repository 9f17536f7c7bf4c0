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

/** By Meta's clock; null for what never was. */
interface Times {
  /** The person's last message or call. */
  readonly inboundAt: Date | null;
  readonly entryAt: Date | null;
  /** Our first answer to that entry. */
  readonly answeredAt: Date | null;
  /** The end of the free entry window, where Meta named one. */
  readonly freeUntil: Date | null;
}

/** The customer service window: a day from the person's last message or call, by Meta's clock. */
export function windowOf({ inboundAt, entryAt, answeredAt, freeUntil: told }: Times, now: Date): Window {
  const closesAt = inboundAt === null ? null : new Date(inboundAt.getTime() + customerServiceHours * hourMs - marginMs);
  const answered = entryAt !== null && answeredAt !== null && answeredAt.getTime() <= entryAt.getTime() + 24 * hourMs;
  // Meta's own word on the end is better than what we make of it, unless the person came again since.
  const isTold = told !== null && (entryAt === null || told > entryAt);
  const freeUntil = isTold ? told : answered ? new Date(answeredAt.getTime() + freeEntryHours * hourMs) : undefined;
  return {
    open: closesAt !== null && closesAt > now,
    closesAt: closesAt?.toISOString() ?? null,
    ...(freeUntil !== undefined && freeUntil > now ? { freeUntil: freeUntil.toISOString() } : {}),
  };
}
