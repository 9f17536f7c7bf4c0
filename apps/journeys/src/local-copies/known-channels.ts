import type { CampaignDesign } from '@postrider/event-contracts';
import type { Pool } from 'pg';
import type { KnownTemplate, TemplateState } from './known.table';

/** The channel of a design with what it sends through. */
export interface ChannelView {
  readonly channelId: string;
  readonly name: string;
  readonly state: string;
  readonly accountId: string;
  readonly senderId: string;
  readonly locale?: string;
  readonly quality: string;
  /** The lower of what Meta allows the sender and what the channel takes. */
  readonly ratePerSecond: number;
}

export type TemplateView = Pick<KnownTemplate, 'name' | 'language' | 'state' | 'definition'>;

const findChannel = `
  select channel_id as "channelId", name, state, account_id as "accountId", sender_id as "senderId",
         quality, settings->>'locale' as locale,
         least(throughput_per_second, (settings->>'ratePerSecond')::float) as "ratePerSecond"
    from known_channel join known_sender
      on known_sender.sender_id = (settings->>'senderId')::uuid
     and known_sender.workspace_id = known_channel.workspace_id
   where known_channel.workspace_id = $1 and (name = $2 or channel_id::text = $2)
   order by (channel_id::text = $2) desc
   limit 1`;

/** Undefined where there is none, or its sender is not known. */
export async function channelOf(pool: Pool, workspaceId: string, channel: string): Promise<ChannelView | undefined> {
  const { rows } = await pool.query<ChannelView>(findChannel, [workspaceId, channel]);
  return rows[0];
}

const findTemplates = `
  select name, language, state, definition from known_template
   where workspace_id = $1 and account_id = $2 and name = any($3) and state <> 'deleted'`;

/** Every language of the templates that a design names. */
export async function templatesOf(
  pool: Pool,
  workspaceId: string,
  accountId: string,
  design: CampaignDesign,
): Promise<TemplateView[]> {
  const { rows } = await pool.query<TemplateView>(findTemplates, [workspaceId, accountId, templateNames(design)]);
  return rows;
}

export function templateNames({ template, experiment }: CampaignDesign): string[] {
  return [...new Set([template.name, ...(experiment?.variants ?? []).flatMap((each) => each.template?.name ?? [])])];
}

export const isSendable = (state: TemplateState): boolean => state === 'approved';

/** One of the workspace's policies as it stands; undefined where nothing was said. */
export async function policyOf(
  pool: Pool,
  workspaceId: string,
  name: string,
): Promise<Record<string, unknown> | undefined> {
  const { rows } = await pool.query<{ policy: Record<string, unknown> }>(
    'select policy from known_policy where workspace_id = $1 and name = $2',
    [workspaceId, name],
  );
  return rows[0]?.policy;
}
