import { ContactErased, type EventOf, type RecordedEvent, type ServiceName } from '@postrider/event-contracts';
import type { Clock } from '@postrider/decider';
import type { PersonalParts } from '@postrider/event-store';
import { inTransaction, type Fold, type Tx } from '@postrider/messaging';
import type { Pool } from 'pg';
import { everySoOften } from '../every-so-often';
import type { Background } from '../service-definition';

/** Somebody of whom nothing may be left that names or quotes them. */
export interface Person {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly aliasKeys: readonly string[];
}

/** How a service forgets a person. Both may be called again for the same person. */
export interface Forgetting {
  /** Rows. */
  readonly rows?: (person: Person, tx: Tx) => Promise<void>;
  /** What lies outside the database. */
  readonly things?: (person: Person) => Promise<void>;
}

type Erased = RecordedEvent & EventOf<typeof ContactErased>;

/**
 * A batch that a fold had opened just before the key was destroyed may still be written: the rows are looked through
 * once more when every transaction of that moment is over.
 */
const passes = [{ afterMs: 0 }, { afterMs: 60_000 }];
const lookEveryMs = 1_000;

/** The reader by which a service hears of erasures. */
export const erasuresReader = (service: ServiceName): string => `${service}:erased-people`;

/** Destroys an erased person's keys in every service, its own and its copies, and has the service forget the rest. */
export function erasures(deps: {
  service: ServiceName;
  pool: Pool;
  clock: Clock;
  parts: PersonalParts;
  forgetting: Forgetting;
}): { fold: Fold; loop: Background } {
  const { service, pool, clock, parts, forgetting } = deps;

  async function erase({ data, workspaceId, aliasKeys, at }: Erased, tx: Tx): Promise<void> {
    const person = { workspaceId, contactId: data.contactId, aliasKeys };
    await parts.destroy(workspaceId, aliasKeys, tx);
    await forgetting.rows?.(person, tx);
    await tx.query(
      `insert into erasure (contact_id, workspace_id, alias_keys, erased_at, passes, next_at)
       values ($1, $2, $3, $4, 0, $5)
       on conflict (contact_id) do update
         set alias_keys = excluded.alias_keys, erased_at = excluded.erased_at, passes = 0, next_at = excluded.next_at`,
      [data.contactId, workspaceId, [...aliasKeys], at, clock.now()],
    );
  }

  /** Takes up what is due, one person a transaction; whether there was one. */
  async function passOne(): Promise<boolean> {
    const { rows } = await pool.query<Person & { passes: number }>(
      `select contact_id as "contactId", workspace_id as "workspaceId", alias_keys as "aliasKeys", passes
         from erasure where next_at <= $1 order by next_at limit 1`,
      [clock.now()],
    );
    const due = rows[0];
    if (!due) return false;
    const { passes: done, ...person } = due;
    await forgetting.things?.(person);
    await inTransaction(pool, async (tx) => {
      await forgetting.rows?.(person, tx);
      const next = passes[done + 1];
      await tx.query('update erasure set passes = $2, next_at = $3 where contact_id = $1 and passes = $4', [
        person.contactId,
        done + 1,
        next ? new Date(clock.now().getTime() + next.afterMs) : null,
        done,
      ]);
    });
    return true;
  }

  return {
    fold: {
      kind: 'fold',
      name: erasuresReader(service),
      hears: [ContactErased],
      async handle(events, tx) {
        for (const event of events) await erase(event as Erased, tx);
      },
    },
    loop: everySoOften(`${service}:forget-erased`, lookEveryMs, async () => ((await passOne()) ? 'more' : undefined)),
  };
}
