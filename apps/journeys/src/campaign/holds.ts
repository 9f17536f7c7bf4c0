import type { Pool } from 'pg';
import { roundMs } from './foresee';

/** People who wait for one reason and are looked at again at about the same time. */
export interface Held {
  /** A decision's code: `quiet-hours`, `portfolio-limit`, … */
  readonly code: string;
  readonly people: number;
  /** When the first and the last of them are looked at again. */
  readonly from: Date;
  readonly to: Date;
}

/** Everybody who waits for one reason, as callers see them. */
export interface Hold {
  readonly code: string;
  readonly people: number;
  readonly nextAt: string;
  readonly lastAt: string;
}

const read = `
  select code, count(*)::int as people, min(held_until) as "from", max(held_until) as "to"
    from recipient where campaign_id = $1 and occurrence = $2 and state = 'held'
   group by code, date_bin($3 * interval '1 millisecond', held_until, 'epoch')`;

export async function heldIn(pool: Pool, campaignId: string, occurrence: number): Promise<readonly Held[]> {
  return (await pool.query<Held>(read, [campaignId, occurrence, roundMs])).rows;
}

/** By reason, the most people first. */
export function holdsOf(held: readonly Held[]): Hold[] {
  const codes = [...new Set(held.map(({ code }) => code))];
  const holds = codes.map((code) => {
    const those = held.filter((each) => each.code === code);
    const nextAt = Math.min(...those.map(({ from }) => from.getTime()));
    const lastAt = Math.max(...those.map(({ to }) => to.getTime()));
    return {
      code,
      people: those.reduce((sum, { people }) => sum + people, 0),
      ...{ nextAt: new Date(nextAt).toISOString(), lastAt: new Date(lastAt).toISOString() },
    };
  });
  return holds.sort((one, other) => other.people - one.people);
}
