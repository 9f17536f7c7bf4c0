import { pageOf, Problem, readCursor, type Caller, type Page } from '@postrider/service-host';
import type { Pool } from 'pg';
import { z } from 'zod';

type Asking = Pick<Caller, 'workspaceId'>;

interface Upload {
  readonly audienceId: string;
  readonly state: 'taking' | 'taken' | 'failed';
  readonly columns: readonly string[];
  readonly rows: number;
  readonly people: number;
  readonly wrong: number;
  readonly repeated: number;
}

export type ShowAudience = ReturnType<typeof showAudience>;

const newest = `
  select audience_id as "audienceId", state, columns, rows, people, wrong, repeated from audience
   where workspace_id = $1 and campaign_id = $2 order by begun_at desc, audience_id desc limit 1`;

const readErrors = `
  select line, code, detail from audience_error where audience_id = $1 and line > $2 order by line limit $3`;

/** The newest upload of a campaign: how far it is, and which of its rows could not be taken. */
export function showAudience({ pool }: { readonly pool: Pool }) {
  const newestOf = async ({ workspaceId }: Asking, campaignId: string): Promise<Upload> => {
    const { rows } = await pool.query<Upload>(newest, [workspaceId, campaignId]);
    if (!rows[0]) throw new Problem('not-found', 'No audience was uploaded to a campaign with this id.');
    return rows[0];
  };
  return {
    progress: newestOf,
    async errors(
      caller: Asking,
      campaignId: string,
      { after, limit }: { after?: string | undefined; limit: number },
    ): Promise<Page<unknown>> {
      const { audienceId } = await newestOf(caller, campaignId);
      const [line] = after === undefined ? [-1] : readCursor(z.tuple([z.number().int()]), after);
      const { rows } = await pool.query<{ line: number }>(readErrors, [audienceId, line, limit + 1]);
      return pageOf(rows, limit, { row: (row) => row, cursor: (row) => [row.line] });
    },
  };
}
