import type { Purpose } from '@postrider/event-contracts';
import { capWindowMs, type Cap } from '../policies/caps';

/** One cap, and how many messages of its kind a person has had within its time. */
export interface CapUsage {
  readonly cap: Cap;
  /** Whose cap it is: a channel's counts what goes through it, a workspace's what goes through any. */
  readonly of: 'channel' | 'workspace';
  readonly count: number;
  /** When the next message fits in; there where none does now. */
  readonly roomAt?: string;
}

/** A message that counts: one that was sent, or is on its way. */
export interface Counted {
  readonly at: Date;
  readonly purpose: Purpose;
  readonly channelId: string;
}

/**
 * How far a cap is used at an instant, from what a person was sent. The window moves: a message stops counting the cap's
 * time after it was sent, to the millisecond.
 */
export function capUsage(
  { cap, of, channelId }: { readonly cap: Cap; readonly of: CapUsage['of']; readonly channelId: string },
  sent: readonly Counted[],
  at: Date,
): CapUsage {
  const windowMs = capWindowMs(cap);
  const counts = sent
    .filter((message) => cap.purpose === undefined || message.purpose === cap.purpose)
    .filter((message) => of === 'workspace' || message.channelId === channelId)
    .map((message) => message.at.getTime())
    .filter((sentMs) => sentMs > at.getTime() - windowMs)
    .sort((a, b) => a - b);
  // Room comes when so many have left the window that one is missing to the full number.
  const leaves = counts[counts.length - cap.messages];
  const used = { cap, of, count: counts.length };
  return leaves === undefined ? used : { ...used, roomAt: new Date(leaves + windowMs).toISOString() };
}
