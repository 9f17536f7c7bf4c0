import type { Clock } from '@postrider/decider';
import type { CommandsPort } from '@postrider/messaging';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { commandPlace, jsonIn, type SealedRows } from '../audience/sealed-rows';
import { commandKey, originHeader, originOf } from '../recipient/command-key';
import type { FlowWindows } from './flow-windows';
import { countInFlight, takeNext, takeUnanswered } from './recipients-at-work.sql';

export interface HandOverDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly commands: CommandsPort;
  readonly logger: Logger;
  readonly rows: SealedRows;
  readonly windows: FlowWindows;
  readonly commandPatienceMs: number;
}

interface Campaign {
  readonly workspaceId: string;
  readonly campaignId: string;
  readonly occurrence: number;
}

interface ToHand {
  readonly recipientId: string;
  readonly personKey: string;
  readonly attempt: number;
  readonly command: Buffer;
}

/** A pause takes effect between two batches, so none is large. */
const batchMax = 250;
/** Of the window: less room is not worth the round trips yet. */
const worthwhile = 1 / 4;

/**
 * Hands the next messages to dispatch, no more than `allowed`, and never so many that more than the window wait there.
 * Answers how many went.
 */
export async function handOver(deps: HandOverDeps, campaign: Campaign, allowed: number): Promise<number> {
  const { workspaceId: _, campaignId, occurrence } = campaign;
  const key = [campaignId, occurrence];
  const now = deps.clock.now();
  const patientUntil = new Date(now.getTime() - deps.commandPatienceMs);
  const unanswered = await deps.pool.query<ToHand>(takeUnanswered, [...key, batchMax, now, patientUntil]);
  await publishAll(deps, campaign, unanswered.rows);
  const { rows } = await deps.pool.query<{ inFlight: number }>(countInFlight, key);
  const { inFlight } = rows[0]!;
  const window = deps.windows.of(campaignId);
  const room = window - inFlight >= window * worthwhile ? Math.min(batchMax, allowed, window - inFlight) : 0;
  const next = room > 0 ? (await deps.pool.query<ToHand>(takeNext, [...key, room, now])).rows : [];
  await publishAll(deps, campaign, next);
  deps.windows.told(campaignId, { inFlight: inFlight + next.length, handed: next.length });
  return next.length;
}

/** What cannot be given now stays marked as handed, and is given again when its patience is over. */
async function publishAll(deps: HandOverDeps, campaign: Campaign, recipients: readonly ToHand[]): Promise<void> {
  const { workspaceId, campaignId } = campaign;
  const opened = await deps.rows.open(
    recipients.map(({ recipientId, command }) => ({ place: commandPlace(recipientId), bytes: command })),
  );
  const outcomes = await Promise.allSettled(
    recipients.map(async ({ recipientId, personKey, attempt }, at) =>
      deps.commands.publish({
        workspaceId,
        idempotencyKey: commandKey({ ...campaign, recipientId, attempt }),
        value: valueIn(opened[at]),
        key: personKey,
        headers: { [originHeader]: originOf(campaignId) },
      }),
    ),
  );
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
  if (failed.length === 0) return;
  deps.logger.warn(
    { err: failed[0]!.reason as unknown, campaignId, failed: failed.length },
    'commands could not be given; they are given again',
  );
}

function valueIn(bytes: Buffer | undefined): unknown {
  if (bytes === undefined) throw new Error('a frozen message can no longer be read');
  return jsonIn(bytes);
}
