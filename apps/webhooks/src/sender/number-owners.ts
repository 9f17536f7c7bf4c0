import type { Clock } from '@postrider/decider';
import type { Pool } from 'pg';
import { numberOwners as readOwners } from './number-owners.sql';

export interface NumberOwners {
  /** The accounts that each number is known to belong to; a number that is not known is absent. */
  of(phoneNumberIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
}

const freshMs = 10_000;
const rememberedMax = 10_000;

/** Remembers for some seconds what the table says; a number changes hands once in years, and is discovered once. */
export function numberOwners({ pool, clock }: { pool: Pool; clock: Clock }): NumberOwners {
  const remembered = new Map<string, { readonly accounts: Set<string>; readonly atMs: number }>();
  /** Questions under way, which whoever comes meanwhile waits for too. */
  const asking = new Map<string, Promise<void>>();

  async function ask(missing: readonly string[]): Promise<void> {
    const nowMs = clock.monotonicMs();
    const { rows } = await pool.query<{ phone_number_id: string; account_id: string }>(readOwners, [missing]);
    if (remembered.size > rememberedMax) remembered.clear();
    for (const id of missing) {
      const accounts = new Set(rows.filter((row) => row.phone_number_id === id).map((row) => row.account_id));
      // A number that nobody is known to own is one that was connected a moment ago: look again soon.
      remembered.set(id, { accounts, atMs: accounts.size > 0 ? nowMs : nowMs - freshMs + freshMs / 5 });
    }
  }

  async function know(missing: readonly string[]): Promise<void> {
    const open = missing.filter((id) => !asking.has(id));
    if (open.length > 0) {
      const asked = ask(open).finally(() => open.forEach((id) => asking.delete(id)));
      for (const id of open) asking.set(id, asked);
    }
    await Promise.all(new Set(missing.map((id) => asking.get(id))));
  }

  return {
    async of(phoneNumberIds) {
      const nowMs = clock.monotonicMs();
      const asked = [...new Set(phoneNumberIds)];
      const missing = asked.filter((id) => !(nowMs - (remembered.get(id)?.atMs ?? -Infinity) < freshMs));
      if (missing.length > 0) await know(missing);
      return new Map(
        asked.flatMap((id) => {
          const accounts = remembered.get(id)?.accounts;
          return accounts !== undefined && accounts.size > 0 ? [[id, accounts] as const] : [];
        }),
      );
    },
  };
}
