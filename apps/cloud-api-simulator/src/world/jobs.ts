import type { MessageRecord } from './witness';

/** Work that falls due later. Plain data, so that a restart from a state file loses none of it. */
export type Job = { dueMs: number } & (
  | StatusJob
  | { kind: 'review'; templateId: string }
  | { kind: 'unpause'; templateId: string; pause: number }
  | { kind: 'recategorise'; templateId: string; category: string }
  | { kind: 'answer'; phoneNumberId: string; from: string; text: string; repliesTo: string }
  | { kind: 'update'; update: Update }
  | { kind: 'retry'; deliveryId: number; destination: Destination; body: string; updates: UpdateNote[] }
);

export interface StatusJob {
  kind: 'status';
  message: MessageRecord;
  status: 'sent' | 'delivered' | 'read' | 'played' | 'failed';
  /** The error code of a failed one. */
  code?: number;
  details?: string;
}

/** One change of one webhook field, not yet put into a POST. */
export interface Update {
  wabaId: string;
  field: string;
  phoneNumberId?: string;
  value: Record<string, unknown>;
  /** Account-type fields carry the entry's time in seconds; messages do not. */
  timeSeconds?: number;
  note: UpdateNote;
}

/** What the witness remembers of an update. */
export interface UpdateNote {
  message?: MessageRecord;
  /** Stands for the message in a state file. */
  wamid?: string;
  /** Index into the message's statuses. */
  index?: number;
  about: string;
}

export interface Destination {
  url: string;
  appId: string;
}
