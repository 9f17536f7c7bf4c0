import type { Clock } from '@postrider/decider';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { v7 } from 'uuid';

export interface Operation {
  /** Begins with the service's name, by which the gateway routes: `dispatch:0190…`. */
  readonly id: string;
  readonly kind: 'replay' | 'rebuild';
  readonly subject: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly progress: Readonly<Record<string, unknown>>;
  readonly detail: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

type Work = (progress: (now: Readonly<Record<string, unknown>>) => void) => Promise<string | undefined>;

const columns = 'id, kind, subject, state, progress, detail, started_at as "startedAt", finished_at as "finishedAt"';
/** Progress is written at most this often. */
const writeEveryMs = 250;

/** Long work that an operator asked for, each with a row that tells how far it is. */
export function operations(service: string, deps: { pool: Pool; clock: Clock; logger: Logger }) {
  const { pool, clock, logger } = deps;

  async function run(id: string, work: Work): Promise<void> {
    let writtenAt = -Infinity;
    const note = (now: Readonly<Record<string, unknown>>): void => {
      if (performance.now() - writtenAt < writeEveryMs) return;
      writtenAt = performance.now();
      void pool
        .query(`update operation set progress = $2 where id = $1 and state = 'running'`, [id, JSON.stringify(now)])
        .catch((error: unknown) => logger.warn({ err: error, operation: id }, 'progress could not be written'));
    };
    let last: Readonly<Record<string, unknown>> = {};
    const finish = (state: 'done' | 'failed', detail: string | undefined): Promise<unknown> =>
      pool.query('update operation set state = $2, progress = $3, detail = $4, finished_at = $5 where id = $1', [
        ...[id, state, JSON.stringify(last), detail ?? null, clock.now()],
      ]);
    try {
      const complaint = await work((now) => {
        last = now;
        note(now);
      });
      await finish(complaint === undefined ? 'done' : 'failed', complaint);
    } catch (error) {
      logger.error({ err: error, operation: id }, 'an operation failed');
      await finish('failed', error instanceof Error ? error.message : String(error));
    }
  }

  return {
    /** Notes the operation and lets it run; its row tells the rest. */
    async start(kind: Operation['kind'], subject: string, work: Work): Promise<Operation> {
      const { rows } = await pool.query<Operation>(
        `insert into operation (id, kind, subject, state, started_at) values ($1, $2, $3, 'running', $4) returning ${columns}`,
        [`${service}:${v7()}`, kind, subject, clock.now()],
      );
      const operation = rows[0]!;
      run(operation.id, work).catch((error: unknown) =>
        logger.error({ err: error }, 'an operation could not be noted'),
      );
      return operation;
    },
    async find(id: string): Promise<Operation | undefined> {
      return (await pool.query<Operation>(`select ${columns} from operation where id = $1`, [id])).rows[0];
    },
  };
}
