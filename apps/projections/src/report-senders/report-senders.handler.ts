import type { Clock } from '@postrider/decider';
import type { Pool } from 'pg';
import type { Shown } from '../observed/observe';
import { reportSenders as statement } from './report-senders.sql';

interface Row {
  id: string;
  sender: Shown;
  account: Shown | null;
  portfolio: Shown | null;
  sender_pause: Shown | null;
  account_pause: Shown | null;
  busiest: number | null;
  heard_at: Date | null;
}

/** How able each number is to send, how busy it is, and when Meta last told of it. */
export function reportSenders({ pool, clock }: { pool: Pool; clock: Clock }) {
  return async (workspaceId: string) => {
    const { rows } = await pool.query<Row>(statement, [workspaceId, clock.now()]);
    return { data: rows.map(senderAnswer) };
  };
}

function senderAnswer({ id, sender, account, portfolio, sender_pause, account_pause, busiest, heard_at }: Row) {
  const { phoneNumberId, displayPhoneNumber, verifiedName, status, quality, qualityAt, throughputPerSecond, stopped } =
    sender;
  return {
    ...{ id, phoneNumberId, displayPhoneNumber, verifiedName, status, quality },
    qualityAt: qualityAt ?? null,
    throughputPerSecond,
    /** Of the busiest minute of the last hour, both ways. */
    usedPerSecond: Math.round(((busiest ?? 0) / 60) * 100) / 100,
    portfolioLimit: portfolio?.limit ?? null,
    portfolioTier: portfolio?.tier ?? null,
    account: {
      id: sender.accountId,
      name: account?.name ?? null,
      tokenOk: account?.tokenOk ?? null,
      tokenExpiresAt: account?.tokenExpiresAt ?? null,
      restriction: account?.restriction ?? null,
      restrictedUntil: account?.until ?? null,
    },
    stopped: stopped ?? null,
    paused: sender_pause ?? account_pause,
    lastHeardAt: heard_at?.toISOString() ?? null,
  };
}

export const ReportSenders = Symbol('ReportSenders');
export type ReportSenders = ReturnType<typeof reportSenders>;
