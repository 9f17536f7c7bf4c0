import type { Clock } from '@postrider/decider';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { v7 } from 'uuid';
import { z } from 'zod';
import type { Caller } from '../http/caller';
import { shownThings, type Shown, type ShownThing } from './what-was-shown';

export interface Reading extends Shown {
  readonly id: string;
  readonly at: string;
  /** `key:<API key id>`. */
  readonly actor: string;
  /** Method and pattern, never the address. */
  readonly route: string;
  readonly what: ShownThing;
  readonly correlationId: string;
}

export const readingsPath = '/internal/readings';

/** Which readings somebody asks for, the newest first. */
export const ReadingsQuestion = z.object({
  workspaceId: z.uuid(),
  /** Of the last one seen; those before it follow. */
  before: z.uuid().optional(),
  actor: z.string().max(200).optional(),
  contact: z.uuid().optional(),
  what: z.enum(shownThings).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  limit: z.number().int().min(1).max(501),
});
export type ReadingsQuestion = z.infer<typeof ReadingsQuestion>;

export interface Readings {
  /** Resolves once it is kept: only then may the answer go out. */
  note(caller: Caller, read: { route: string; what: ShownThing } & Shown): Promise<void>;
  list(question: ReadingsQuestion): Promise<Reading[]>;
}

/** What a service has shown of people, and to whom; by ids alone. */
export function readings({ pool, clock, logger }: { pool: Pool; clock: Clock; logger: Logger }): Readings {
  return {
    async note({ actor, workspaceId, correlationId }, { route, what, ids, contacts }) {
      if (ids.length === 0) return;
      const at = clock.now();
      await pool.query(
        `insert into reading (id, workspace_id, at, actor, route, what, ids, contacts, correlation_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [v7({ msecs: at.getTime() }), workspaceId, at, actor, route, what, ids, contacts, correlationId],
      );
      logger.info({ actor, workspaceId, correlationId, what, ids }, 'personal parts were read');
    },
    async list({ workspaceId, limit, ...asked }) {
      const values: unknown[] = [workspaceId, limit];
      const conditions = [
        ['id <', asked.before],
        ['actor =', asked.actor],
        ['contacts @>', asked.contact && [asked.contact]],
        ['what =', asked.what],
        ['at >=', asked.from],
        ['at <', asked.to],
      ].flatMap(([test, value]) => (value === undefined ? [] : [`and ${String(test)} $${values.push(value)}`]));
      const { rows } = await pool.query<Omit<Reading, 'at'> & { at: Date }>(
        `select id, at, actor, route, what, ids, contacts, correlation_id as "correlationId" from reading
          where workspace_id = $1 ${conditions.join(' ')} order by id desc limit $2`,
        values,
      );
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },
  };
}
