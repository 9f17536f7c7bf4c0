import type { SenderFacts, TemplateFacts } from '@postrider/compliance';
import { parseTemplateDefinition, type TemplateDefinition } from '@postrider/cloud-api-payloads';
import type {
  ChannelSettings,
  TemplateCategory,
  TemplateDefinition as StoredDefinition,
} from '@postrider/event-contracts';
import type { Pool } from 'pg';
import { policiesInForce, type PoliciesInForce } from '../policies/policies-in-force';
import { findChannels, findChannelsOf, findSender, findTemplates, findTemplatesById, findWindows } from './copies.sql';

/** A channel with its sender, as judging and sending need them. */
export interface ChannelView {
  readonly channelId: string;
  readonly name: string;
  readonly state: 'draft' | 'active' | 'suspended';
  readonly settings: ChannelSettings;
  /** Missing where the sender is not known. */
  readonly sender?: SenderView;
}

export interface SenderView {
  readonly facts: SenderFacts;
  readonly accountId: string;
  readonly phoneNumberId: string;
  readonly throughputPerSecond: number;
}

export interface TemplateView {
  readonly templateId: string;
  readonly accountId: string;
  readonly name: string;
  readonly language: string;
  readonly state: TemplateFacts['state'];
  readonly category: TemplateCategory;
  readonly pausedUntil?: string;
  /** What dispatch learnt from Meta's errors. */
  readonly pause?: { readonly until?: string };
  /** Missing where it cannot be read; then nothing fits it. */
  readonly definition?: TemplateDefinition;
}

/** By Meta's clock; what was never is missing. */
export interface WindowView {
  /** The person's last message or call. */
  readonly lastInboundAt?: string;
  /** Until when messages are free, where the person came by an advertisement or a page's button. */
  readonly freeUntil?: string;
}

interface WindowRow {
  sender_id: string;
  alias_key: string;
  last_inbound_at: Date | null;
  last_entry_at: Date | null;
  free_until: Date | null;
}

interface ChannelRow {
  channel_id: string;
  name: string;
  state: ChannelView['state'];
  settings: ChannelSettings;
}

interface SenderRow {
  sender_id: string;
  account_id: string;
  phone_number_id: string;
  status: string;
  throughput_per_second: number;
  paused_because: string | null;
  credentials_rejected: boolean | null;
  restriction: string | null;
  restricted_until: Date | null;
  pauses: { scope: 'account' | 'sender'; code: string; until: string | null }[] | null;
}

interface TemplateRow {
  template_id: string;
  account_id: string;
  name: string;
  language: string;
  state: TemplateFacts['state'];
  category: TemplateCategory;
  paused_until: Date | null;
  pause: { until: string | null } | null;
  definition: StoredDefinition;
  version: number;
}

type ChannelAndSenderRow = ChannelRow & (SenderRow | { readonly sender_id: null });

export interface TemplateAsked {
  readonly accountId: string;
  readonly name: string;
  readonly language?: string | undefined;
  readonly fallback?: string | undefined;
}

/** Reads dispatch's copies of what other services own; each call is one round trip, however many are asked for. */
export interface Copies {
  /** By name or id. */
  channels(workspaceId: string, namesOrIds: readonly string[]): Promise<ChannelView[]>;
  sender(senderId: string): Promise<SenderView | undefined>;
  /** Those that send through this sender. */
  channelsOf(senderId: string): Promise<Omit<ChannelView, 'sender'>[]>;
  /** In the languages named, or in all. */
  templates(asked: readonly TemplateAsked[]): Promise<TemplateView[]>;
  templatesById(ids: readonly string[]): Promise<TemplateView[]>;
  /** What the workspace's policies say now. */
  readonly policies: PoliciesInForce;
  /** The window that a person, under all their aliases, has with a sender. */
  windows(
    asked: readonly { senderId: string; aliasKeys: readonly string[] }[],
  ): Promise<(senderId: string, aliasKeys: readonly string[]) => WindowView>;
}

export function copies(pool: Pool): Copies {
  const templateView = templateViews();
  return {
    policies: policiesInForce(pool),
    async channels(workspaceId, namesOrIds) {
      const { rows } = await pool.query<ChannelAndSenderRow>({
        name: 'channels',
        text: findChannels,
        values: [workspaceId, namesOrIds],
      });
      return rows.map(channelView);
    },
    async sender(senderId) {
      const { rows } = await pool.query<SenderRow>({ name: 'sender', text: findSender, values: [senderId] });
      return rows[0] && senderView(rows[0]);
    },
    async channelsOf(senderId) {
      const { rows } = await pool.query<ChannelRow>({ name: 'channels-of', text: findChannelsOf, values: [senderId] });
      return rows.map(({ channel_id: channelId, name, state, settings }) => ({ channelId, name, state, settings }));
    },
    async templates(asked) {
      if (asked.length === 0) return [];
      const distinct = new Map(asked.map((each) => [JSON.stringify(each), each]));
      const columns = ['accountId', 'name', 'language', 'fallback'] as const;
      const values = columns.map((column) => [...distinct.values()].map((each) => each[column] ?? null));
      const { rows } = await pool.query<TemplateRow>({ name: 'templates', text: findTemplates, values });
      return rows.map(templateView);
    },
    async templatesById(ids) {
      if (ids.length === 0) return [];
      const { rows } = await pool.query<TemplateRow>({
        name: 'templates-by-id',
        text: findTemplatesById,
        values: [ids],
      });
      return rows.map(templateView);
    },
    async windows(asked) {
      const pairs = asked.flatMap(({ senderId, aliasKeys }) => aliasKeys.map((key) => [senderId, key] as const));
      if (pairs.length === 0) return () => ({});
      const values = [pairs.map(([sender]) => sender), pairs.map(([, key]) => key)];
      const { rows } = await pool.query<WindowRow>({ name: 'windows', text: findWindows, values });
      const found = new Map(rows.map((row) => [`${row.sender_id} ${row.alias_key}`, row]));
      return (senderId, aliasKeys) => windowView(aliasKeys.flatMap((key) => found.get(`${senderId} ${key}`) ?? []));
    },
  };
}

/** An entry that is answered within a day makes what is sent free, the answer included; Meta then says until when. */
const entryMs = 24 * 3_600_000;

function windowView(rows: readonly WindowRow[]): WindowView {
  const latest = (times: readonly (Date | null)[]): number => Math.max(0, ...times.map((time) => time?.getTime() ?? 0));
  const inbound = latest(rows.map((row) => row.last_inbound_at));
  const entry = latest(rows.map((row) => row.last_entry_at));
  const free = Math.max(latest(rows.map((row) => row.free_until)), entry > 0 ? entry + entryMs : 0);
  return {
    ...(inbound > 0 ? { lastInboundAt: new Date(inbound).toISOString() } : {}),
    ...(free > 0 ? { freeUntil: new Date(free).toISOString() } : {}),
  };
}

function channelView(row: ChannelAndSenderRow): ChannelView {
  const { channel_id: channelId, name, state, settings } = row;
  const channel = { channelId, name, state, settings };
  return row.sender_id === null ? channel : { ...channel, sender: senderView(row) };
}

function senderView(row: SenderRow): SenderView {
  const facts: SenderFacts = {
    senderId: row.sender_id,
    status: row.status,
    ...(row.paused_because === null ? {} : { pausedBecause: row.paused_because }),
    account: {
      credentialsRejected: row.credentials_rejected ?? false,
      ...(row.restriction === null ? {} : { restriction: row.restriction }),
      ...(row.restricted_until === null ? {} : { restrictedUntil: row.restricted_until.toISOString() }),
    },
    pauses: (row.pauses ?? []).map(({ scope, code, until }) => ({
      scope,
      code,
      ...(until === null ? {} : { until: new Date(until).toISOString() }),
    })),
  };
  const { account_id: accountId, phone_number_id: phoneNumberId, throughput_per_second: throughputPerSecond } = row;
  return { facts, accountId, phoneNumberId, throughputPerSecond };
}

/** Definitions are parsed once per version. */
function templateViews(): (row: TemplateRow) => TemplateView {
  const parsed = new Map<string, { version: number; definition?: TemplateDefinition }>();
  return (row) => {
    let known = parsed.get(row.template_id);
    if (known?.version !== row.version) {
      known = { version: row.version, ...readDefinition(row.definition) };
      parsed.set(row.template_id, known);
    }
    return {
      templateId: row.template_id,
      accountId: row.account_id,
      name: row.name,
      language: row.language,
      state: row.state,
      category: row.category,
      ...(row.paused_until === null ? {} : { pausedUntil: row.paused_until.toISOString() }),
      ...(row.pause === null ? {} : { pause: row.pause.until === null ? {} : { until: row.pause.until } }),
      ...(known.definition === undefined ? {} : { definition: known.definition }),
    };
  };
}

function readDefinition({ parameterFormat, ...definition }: StoredDefinition): { definition?: TemplateDefinition } {
  const parsed = parseTemplateDefinition({ ...definition, parameter_format: parameterFormat });
  return parsed.ok ? { definition: parsed.value } : {};
}
