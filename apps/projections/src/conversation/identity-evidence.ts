import {
  CallReported,
  IdentityChangeReported,
  IdentityLinked,
  MessageRequested,
  type RecordedEvent,
} from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import { isA } from '../is-a';
import { isPhone } from './who-is-who';

/** For what is said of a person and of no sender: a person's aliases as a caller told them. */
export const noSender = '00000000-0000-0000-0000-000000000000';

/** Who an event is about, with which sender. */
export interface Appearance {
  readonly workspaceId: string;
  readonly senderId: string;
  readonly phoneNumberId: string;
  /** What it is filed under: the user id, which never changes hands, before the number. */
  readonly aliasKey: string;
  readonly at: string;
}

/** An alias that came up with a sender. */
export interface AliasFact {
  readonly workspace_id: string;
  readonly sender_id: string;
  readonly phone_number_id: string;
  readonly alias_key: string;
  readonly part_id: string;
}

export interface SightingFact {
  readonly workspace_id: string;
  readonly sender_id: string;
  readonly phone_key: string;
  readonly user_key: string;
  readonly at: string;
}

export interface AliasChangeFact {
  readonly event_id: string;
  readonly workspace_id: string;
  readonly sender_id: string;
  readonly previous: readonly string[];
  readonly current: readonly string[];
  readonly at: string;
}

interface Placed {
  readonly senderId?: string;
  readonly phoneNumberId?: string;
  readonly happenedAt?: string;
}

/**
 * What a request was addressed to is one alias; what else dispatch holds for the same person is its belief, and belief
 * that a number is still theirs is what a conversation must not be merged by.
 */
export function appearanceOf(event: RecordedEvent): Appearance | undefined {
  const { senderId, phoneNumberId, happenedAt = event.at.toISOString() } = event.data as Placed;
  const keys = isA(MessageRequested, event) ? event.aliasKeys.slice(0, 1) : aliasesNow(event);
  const aliasKey = keys.find((key) => !isPhone(key)) ?? keys[0];
  if (senderId === undefined || phoneNumberId === undefined || aliasKey === undefined) return undefined;
  return { workspaceId: event.workspaceId, senderId, phoneNumberId, aliasKey, at: happenedAt };
}

/** All aliases of a sender's people that an event shows. */
export function aliasesOf(event: RecordedEvent): AliasFact[] {
  const { senderId, phoneNumberId } = event.data as Placed;
  if (senderId === undefined || phoneNumberId === undefined) return [];
  const keys = isA(MessageRequested, event) ? event.aliasKeys.slice(0, 1) : event.aliasKeys;
  const at = { workspace_id: event.workspaceId, sender_id: senderId, phone_number_id: phoneNumberId };
  return keys.map((alias_key) => ({ ...at, alias_key, part_id: derivedId.conversation(senderId, alias_key) }));
}

const aliasesNow = (event: RecordedEvent): readonly string[] =>
  isA(IdentityChangeReported, event) ? event.data.currentAliasKeys : event.aliasKeys;

/** A number and a user id that the source showed together. */
export function sightingOf(event: RecordedEvent): SightingFact | undefined {
  if (isA(MessageRequested, event) || isA(IdentityChangeReported, event)) return undefined;
  const { senderId = noSender, happenedAt = event.at.toISOString() } = event.data as Placed;
  const linked = isA(IdentityLinked, event) ? [event.data.aliasKey] : [];
  const keys = [...event.aliasKeys, ...linked];
  const phone_key = keys.find(isPhone);
  const user_key = keys.find((key) => !isPhone(key));
  if (phone_key === undefined || user_key === undefined) return undefined;
  return { workspace_id: event.workspaceId, sender_id: senderId, phone_key, user_key, at: happenedAt };
}

export function aliasChangeOf(event: RecordedEvent): AliasChangeFact | undefined {
  if (!isA(IdentityChangeReported, event) || event.data.kind === 'identity-changed') return undefined;
  const { senderId, previousAliasKeys, currentAliasKeys, happenedAt } = event.data;
  if (previousAliasKeys.length === 0 || currentAliasKeys.length === 0) return undefined;
  const change = { previous: previousAliasKeys, current: currentAliasKeys, at: happenedAt };
  return { event_id: event.id, workspace_id: event.workspaceId, sender_id: senderId, ...change };
}

/** A person's call opens the window when it begins; that it ended, however long after, opens nothing. */
export function callBeganAt(event: RecordedEvent): string | undefined {
  if (!isA(CallReported, event) || event.data.direction !== 'in') return undefined;
  const { event: what, happenedAt, durationSeconds } = event.data;
  if (what === 'connect') return happenedAt;
  if (durationSeconds === undefined) return undefined;
  return new Date(Date.parse(happenedAt) - durationSeconds * 1_000).toISOString();
}
