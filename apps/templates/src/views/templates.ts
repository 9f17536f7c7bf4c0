import type { Pool } from 'pg';
import { templateGroups } from './template-groups.sql';
import type { Template } from '../template/template.decider';

/** A template as it is shown. */
export interface ShownTemplate {
  readonly id: string;
  readonly workspaceId: string;
  readonly seq: number;
  readonly shown: Template;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** The locales of one template: every language of one name in one business account. */
export interface TemplateGroup {
  readonly businessAccountId: string;
  readonly name: string;
  readonly seq: number;
  readonly locales: readonly {
    readonly id: string;
    readonly language: string;
    readonly state: string;
    readonly category: string;
    readonly quality: string | null;
  }[];
}

export interface Account {
  readonly id: string;
  readonly workspaceId: string;
  readonly wabaId: string;
}

export interface TemplateFilter {
  readonly state?: string;
  readonly name?: string;
  readonly language?: string;
  readonly businessAccountId?: string;
}

/** Reads what the folds wrote. */
export interface TemplateViews {
  one(workspaceId: string, id: string): Promise<ShownTemplate | undefined>;
  /** In the order they were made; one row more than `limit` where there are more. Deleted ones only where asked for. */
  list(workspaceId: string, filter: TemplateFilter, page: { after?: number; limit: number }): Promise<ShownTemplate[]>;
  /** The same, one row per name, with its languages. */
  groups(
    workspaceId: string,
    filter: TemplateFilter,
    page: { after?: number; limit: number },
  ): Promise<TemplateGroup[]>;
  ofMeta(accountId: string, metaTemplateId: string): Promise<ShownTemplate | undefined>;
  /** Meta's ids of the templates of an account that are not deleted, by our ids. */
  knownAtMeta(accountId: string): Promise<Map<string, string>>;
  account(workspaceId: string, id: string): Promise<Account | undefined>;
  accounts(workspaceId?: string): Promise<Account[]>;
}

export const TemplateViews = Symbol('TemplateViews');

const columns = `id, workspace_id as "workspaceId", seq::int, shown, created_at as "createdAt", changed_at as "changedAt"`;
const accountColumns = 'id, workspace_id as "workspaceId", waba_id as "wabaId"';

export function templateViews(pool: Pool): TemplateViews {
  return {
    async one(workspaceId, id) {
      const text = `select ${columns} from template where workspace_id = $1 and id = $2`;
      return (await pool.query<ShownTemplate>(text, [workspaceId, id])).rows[0];
    },
    async list(workspaceId, { state, name, language, businessAccountId }, { after = 0, limit }) {
      const text = `select ${columns} from template
        where workspace_id = $1 and seq > $2
          and ($3::text is null and state <> 'deleted' or state = $3)
          and ($4::text is null or name = $4) and ($5::text is null or language = $5)
          and ($6::uuid is null or account_id = $6)
        order by seq limit $7`;
      const values = [workspaceId, after, state, name, language, businessAccountId, limit + 1];
      return (await pool.query<ShownTemplate>(text, values)).rows;
    },
    async groups(workspaceId, { state, name, language, businessAccountId }, { after = 0, limit }) {
      const values = [workspaceId, after, state, name, language, businessAccountId, limit + 1];
      return (await pool.query<TemplateGroup>(templateGroups, values)).rows;
    },
    async ofMeta(accountId, metaTemplateId) {
      const text = `select ${columns} from template where account_id = $1 and meta_template_id = $2 order by seq desc limit 1`;
      return (await pool.query<ShownTemplate>(text, [accountId, metaTemplateId])).rows[0];
    },
    async knownAtMeta(accountId) {
      const text = `select id, meta_template_id as meta from template
        where account_id = $1 and meta_template_id is not null and state not in ('draft', 'deleted')`;
      const { rows } = await pool.query<{ id: string; meta: string }>(text, [accountId]);
      return new Map(rows.map(({ id, meta }) => [id, meta]));
    },
    async account(workspaceId, id) {
      const text = `select ${accountColumns} from account where workspace_id = $1 and id = $2`;
      return (await pool.query<Account>(text, [workspaceId, id])).rows[0];
    },
    async accounts(workspaceId) {
      const text = `select ${accountColumns} from account where $1::uuid is null or workspace_id = $1 order by id`;
      return (await pool.query<Account>(text, [workspaceId])).rows;
    },
  };
}
