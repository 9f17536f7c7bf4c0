import { derivedId } from '@postrider/keys';
import type { RecordedEvent } from '@postrider/event-contracts';
import type { Tx } from '@postrider/messaging';
import { jsonbText } from '../jsonb-text';
import {
  aliasChangeOf,
  aliasesOf,
  noSender,
  sightingOf,
  type AliasChangeFact,
  type AliasFact,
  type SightingFact,
} from './identity-evidence';
import {
  enterAliases,
  enterChanges,
  enterSightings,
  findAliases,
  findChanges,
  findNews,
  findSightings,
  lockIdentities,
  replaceAliases,
  sendersOfUsers,
  shareIdentities,
} from './identities.sql';
import { whoIsWho, type Period } from './who-is-who';

/** An alias with one sender, as the loops below pass it on. */
interface AliasAt {
  readonly workspace_id: string;
  readonly sender_id: string;
  readonly alias_key: string;
}

/**
 * Learns from events who is who, and answers which conversations must be put together anew because of it. Most events
 * tell nothing new. Nobody else changes who is who until the transaction ends.
 */
export async function keepIdentities(events: readonly RecordedEvent[], tx: Tx): Promise<ReadonlySet<string>> {
  const seen = distinct(events.flatMap(aliasesOf));
  const sightings = earliest(events.flatMap((event) => sightingOf(event) ?? []));
  const changes = events.flatMap((event) => aliasChangeOf(event) ?? []);
  if (seen.length + sightings.length + changes.length === 0) return new Set();
  const workspaces = [...new Set(events.map(({ workspaceId }) => workspaceId))].sort();
  const { rows } = await tx.query<{ news: boolean }>(findNews, [jsonbText(seen), jsonbText(sightings)]);
  if (!rows[0]!.news && changes.length === 0) {
    await tx.query(shareIdentities, [workspaces]);
    return new Set();
  }
  await tx.query(lockIdentities, [workspaces]);
  return settle(await newsOf({ seen, sightings, changes }, tx), tx);
}

/** Writes down what is known, and answers the aliases that it may move. */
async function newsOf(
  told: { seen: readonly AliasFact[]; sightings: readonly SightingFact[]; changes: readonly AliasChangeFact[] },
  tx: Tx,
): Promise<AliasAt[]> {
  const entered = await tx.query<AliasAt>(enterAliases, [jsonbText(told.seen)]);
  const paired = await tx.query<SightingFact>(enterSightings, [jsonbText(told.sightings)]);
  const sides = told.changes.flatMap(({ previous, current, ...change }) => [
    ...previous.map((alias_key) => ({ ...change, side: 'previous', alias_key })),
    ...current.map((alias_key) => ({ ...change, side: 'current', alias_key })),
  ]);
  if (sides.length > 0) await tx.query(enterChanges, [jsonbText(sides)]);
  const unplaced = paired.rows.filter(({ sender_id }) => sender_id === noSender);
  const elsewhere =
    unplaced.length === 0 ? { rows: [] } : await tx.query<AliasAt>(sendersOfUsers, [jsonbText(unplaced)]);
  return [
    ...entered.rows,
    ...paired.rows
      .filter(({ sender_id }) => sender_id !== noSender)
      .map(({ user_key, ...at }) => ({ ...at, alias_key: user_key })),
    ...elsewhere.rows,
    ...sides,
  ];
}

interface Known {
  readonly aliases: Set<string>;
  readonly sightings: Map<string, { phoneKey: string; userKey: string; at: string }>;
  readonly changes: Map<string, { previous: string[]; current: string[]; at: string }>;
  readonly workspaceId: string;
}

/** All that bears on these aliases, sender by sender: whom they were seen with, whom those were seen with, and so on. */
async function surroundings(from: readonly AliasAt[], tx: Tx): Promise<Map<string, Known>> {
  const senders = new Map<string, Known>();
  let frontier = from;
  while (frontier.length > 0) {
    const next = new Map<string, AliasAt>();
    const reach = (at: Omit<AliasAt, 'alias_key'>, aliasKey: string): Known => {
      const known = senders.get(at.sender_id) ?? emptyAt(at.workspace_id);
      senders.set(at.sender_id, known);
      if (!known.aliases.has(aliasKey)) next.set(`${at.sender_id} ${aliasKey}`, { ...at, alias_key: aliasKey });
      known.aliases.add(aliasKey);
      return known;
    };
    for (const at of frontier) reach(at, at.alias_key);
    const asked = jsonbText(frontier);
    for (const pair of (
      await tx.query<AliasAt & { phone_key: string; user_key: string; at: string }>(findSightings, [asked])
    ).rows) {
      const { phone_key: phoneKey, user_key: userKey, at } = pair;
      reach(pair, phoneKey);
      const known = reach(pair, userKey);
      const name = `${phoneKey} ${userKey}`;
      const earlier = known.sightings.get(name)?.at ?? at;
      known.sightings.set(name, { phoneKey, userKey, at: at < earlier ? at : earlier });
    }
    for (const side of (
      await tx.query<AliasAt & { event_id: string; side: 'previous' | 'current'; at: string }>(findChanges, [asked])
    ).rows) {
      const { changes } = reach(side, side.alias_key);
      const change = changes.get(side.event_id) ?? { previous: [], current: [], at: side.at };
      changes.set(side.event_id, change);
      if (!change[side.side].includes(side.alias_key)) change[side.side].push(side.alias_key);
    }
    for (const { sender_id, alias_key } of frontier) next.delete(`${sender_id} ${alias_key}`);
    frontier = [...next.values()];
  }
  return senders;
}

const emptyAt = (workspaceId: string): Known => ({
  ...{ aliases: new Set(), sightings: new Map(), changes: new Map(), workspaceId },
});

interface AliasPeriod extends AliasAt {
  readonly since: string | null;
  readonly until: string | null;
  readonly phone_number_id: string | null;
  readonly conversation_id: string;
}

/** Gives each alias its periods where they have changed. */
async function settle(news: readonly AliasAt[], tx: Tx): Promise<ReadonlySet<string>> {
  const senders = await surroundings(news, tx);
  const all = [...senders].flatMap(([sender_id, { aliases, workspaceId: workspace_id }]) =>
    [...aliases].map((alias_key) => ({ workspace_id, sender_id, alias_key })),
  );
  const { rows: old } = await tx.query<AliasPeriod>(findAliases, [jsonbText(all)]);
  const fresh = [...senders].flatMap(([senderId, known]) => periodRows(senderId, known, old));
  const name = ({ sender_id, alias_key }: AliasAt): string => `${sender_id} ${alias_key}`;
  const changed = new Set<string>();
  const was = byName(old, name);
  for (const [alias, periods] of byName(fresh, name))
    if (JSON.stringify(periods.map(shape)) !== JSON.stringify((was.get(alias) ?? []).map(shape))) changed.add(alias);
  if (changed.size === 0) return new Set();
  const moving = fresh.filter((period) => changed.has(name(period)));
  await tx.query(replaceAliases.remove, [jsonbText(moving)]);
  await tx.query(replaceAliases.enter, [jsonbText(moving)]);
  const before = old.filter((period) => changed.has(name(period)));
  return new Set([...before, ...moving].map(({ conversation_id }) => conversation_id));
}

const shape = ({ since, conversation_id }: AliasPeriod) => [since, conversation_id];

function byName(periods: readonly AliasPeriod[], name: (at: AliasAt) => string): Map<string, AliasPeriod[]> {
  const named = new Map<string, AliasPeriod[]>();
  for (const period of periods) named.set(name(period), [...(named.get(name(period)) ?? []), period]);
  return named;
}

function periodRows(senderId: string, known: Known, old: readonly AliasPeriod[]) {
  const phoneNumberId = old.find(({ sender_id }) => sender_id === senderId)?.phone_number_id;
  if (phoneNumberId == null) return [];
  const evidence = {
    aliases: known.aliases,
    sightings: [...known.sightings.values()],
    changes: [...known.changes.values()],
  };
  return whoIsWho(evidence).map(({ aliasKey, since, until, person }: Period) => ({
    workspace_id: known.workspaceId,
    sender_id: senderId,
    alias_key: aliasKey,
    since,
    until,
    phone_number_id: phoneNumberId,
    part_id: derivedId.conversation(senderId, aliasKey),
    conversation_id: derivedId.conversation(senderId, person),
  }));
}

function distinct(seen: readonly AliasFact[]): AliasFact[] {
  return [...new Map(seen.map((one) => [`${one.sender_id} ${one.alias_key}`, one])).values()];
}

function earliest(sightings: readonly SightingFact[]): SightingFact[] {
  const first = new Map<string, SightingFact>();
  for (const sighting of sightings) {
    const { workspace_id, sender_id, phone_key, user_key } = sighting;
    const name = `${workspace_id} ${sender_id} ${phone_key} ${user_key}`;
    if (!((first.get(name)?.at ?? '~') <= sighting.at)) first.set(name, sighting);
  }
  return [...first.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sighting]) => sighting);
}
