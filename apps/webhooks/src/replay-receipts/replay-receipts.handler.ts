import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '@postrider/decider';
import type { Background } from '@postrider/service-host';
import type { Pool } from 'pg';
import { v7 } from 'uuid';
import { z } from 'zod';
import type { AppendFacts } from '../delivery/append-facts';
import type { KnownApps } from '../delivery/known-apps';
import type { DeliveryReader } from '../delivery/read-delivery';
import { leastIdAt } from '@postrider/keys';
import type { SealedBodies } from '../receipts/sealed-bodies';
import { nextReceipts } from './next-receipts.sql';

export const ReplayBody = z
  .strictObject({
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
    phoneNumberId: z.string().max(40).optional(),
    receiptId: z.uuid().optional(),
  })
  .refine(({ from, receiptId }) => from !== undefined || receiptId !== undefined, 'name a receiptId, or from when on');
export type ReplayBody = z.infer<typeof ReplayBody>;

const batch = 50;
const idleMs = 1_000;

interface StoredReceipt {
  id: string;
  received_at: Date;
  app_id: string;
  body: Buffer;
  bytes: number | null;
}

interface Replay {
  id: string;
  workspace_id: string;
  received_from: Date;
  received_to: Date;
  phone_number_id: string | null;
  receipt_id: string | null;
  last_id: string | null;
}

/**
 * Makes facts of stored receipts once more, for instance after the account of a quarantined one was connected. Facts that
 * are known already stay as they are. A replay goes on where it was after a restart.
 */
export function replayReceipts(deps: {
  pool: Pool;
  clock: Clock;
  apps: KnownApps;
  reader: DeliveryReader;
  append: AppendFacts;
  bodies: SealedBodies;
}) {
  const { pool } = deps;

  async function step(replay: Replay): Promise<void> {
    const { rows } = await pool.query<StoredReceipt>(nextReceipts, [
      ...[replay.workspace_id, leastIdAt(replay.received_from), leastIdAt(replay.received_to)],
      ...[replay.phone_number_id, replay.receipt_id, replay.last_id, batch],
    ]);
    // As of now where it begins: it is asked for right after an account was connected.
    const apps = await (replay.last_id === null ? deps.apps.refreshed() : deps.apps.current());
    let made = 0;
    const bodies = await deps.bodies.open(rows);
    for (const [at, receipt] of rows.entries()) {
      const app = apps.find(({ appId }) => appId === receipt.app_id);
      const body = bodies[at];
      if (app === undefined || !body) continue;
      const { facts } = await deps.reader.read(app, body, receipt.received_at);
      const own = facts.filter(({ workspaceId }) => workspaceId === replay.workspace_id);
      await deps.append([{ id: receipt.id, receivedAt: receipt.received_at, facts: own }]);
      made += own.length;
    }
    const last = rows.at(-1);
    await pool.query(
      `update receipt_replay set receipts = receipts + $2, facts = facts + $3, done = $4,
         last_id = coalesce($5, last_id)
       where id = $1 and last_id is not distinct from $6`,
      // Another process may work at the same replay; only one of them counts each batch.
      [replay.id, rows.length, made, rows.length < batch, last?.id ?? null, replay.last_id],
    );
  }

  const worker: Background = {
    name: 'replay receipts',
    async run(signal) {
      while (!signal.aborted) {
        const { rows } = await pool.query<Replay>('select * from receipt_replay where not done order by id limit 1');
        if (rows[0] === undefined) await pause(idleMs, undefined, { signal }).catch(() => undefined);
        else await step(rows[0]);
      }
    },
  };

  return {
    worker,
    async ask(body: ReplayBody, workspaceId: string) {
      const id = v7();
      const to = body.to ?? new Date(deps.clock.now().getTime() + 1).toISOString();
      await pool.query(
        `insert into receipt_replay (id, workspace_id, received_from, received_to, phone_number_id, receipt_id, receipts, facts, done)
         values ($1, $2, $3, $4, $5, $6, 0, 0, false)`,
        [
          id,
          workspaceId,
          body.from ?? new Date(0).toISOString(),
          to,
          body.phoneNumberId ?? null,
          body.receiptId ?? null,
        ],
      );
      return { id, state: 'running', receipts: 0, facts: 0 };
    },
    async show(id: string, workspaceId: string) {
      const { rows } = await pool.query<{ receipts: number; facts: number; done: boolean }>(
        'select receipts, facts, done from receipt_replay where id = $1 and workspace_id = $2',
        [id, workspaceId],
      );
      if (rows[0] === undefined) return undefined;
      const { receipts, facts, done } = rows[0];
      return { id, state: done ? 'done' : 'running', receipts, facts };
    },
  };
}

export const ReplayReceipts = Symbol('ReplayReceipts');
export type ReplayReceipts = ReturnType<typeof replayReceipts>;
