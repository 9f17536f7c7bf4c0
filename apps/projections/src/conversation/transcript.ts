import type { LineKind } from './conversation.table';
import type { Attempt } from '../message/message-state';

/** What webhooks told: by the person, or by our number in another way. */
export interface ToldByWebhook {
  readonly direction: 'in' | 'out';
  readonly wamid: string;
  readonly kind: LineKind;
  readonly type: string;
  readonly at: string;
  readonly target: string | null;
  readonly content?: Readonly<Record<string, unknown>> | undefined;
}

/** A file of a message; a stored one is had by `GET /v1/media/{id}`. */
export interface TranscriptFile {
  readonly wamid: string;
  readonly id: string;
  readonly state: 'stored' | 'failed';
  readonly mimeType: string | null;
  readonly bytes: number | null;
}

export interface WrittenByUs {
  readonly messageId: string;
  readonly type: string;
  readonly at: string;
  readonly state: string;
  readonly attempts: readonly Attempt[];
  readonly content?: Readonly<Record<string, unknown>> | undefined;
}

export interface TranscriptEntry {
  readonly direction: 'in' | 'out';
  readonly wamid: string | null;
  readonly messageId?: string;
  readonly type: string;
  readonly at: string;
  readonly state?: string;
  readonly content?: unknown;
  readonly media?: readonly Omit<TranscriptFile, 'wamid'>[];
  readonly repliesTo?: string;
  /** Who has the conversation since a handover, by Meta's name of the role; null where Meta did not say. */
  readonly owner?: string | null;
  /** The person's last word, where it is not taken back. */
  readonly reaction?: { readonly emoji?: string; readonly at: string };
  readonly editedAt?: string;
  readonly revokedAt?: string;
}

/** What ended before it left is no part of a conversation; the message itself shows why. */
const neverSaid = new Set(['refused', 'cancelled', 'expired']);

/** What both said, in time, and who took over, with reactions, changes and withdrawals at the message that they are about. */
export function transcriptOf(
  told: readonly ToldByWebhook[],
  us: readonly WrittenByUs[],
  files: readonly TranscriptFile[] = [],
): TranscriptEntry[] {
  const about = (wamids: readonly string[], kind: ToldByWebhook['kind']): ToldByWebhook | undefined =>
    told
      .filter((line) => line.kind === kind && line.target !== null && wamids.includes(line.target))
      .sort(inTime)
      .at(-1);
  const filesOf = (wamid: string): Pick<TranscriptEntry, 'media'> => {
    const own = files.filter((file) => file.wamid === wamid).map(({ wamid: _, ...file }) => file);
    return own.length === 0 ? {} : { media: own };
  };
  const reactionTo = (wamids: readonly string[]): Pick<TranscriptEntry, 'reaction'> => {
    const last = about(wamids, 'reaction');
    const emoji = (last?.content?.reaction as { emoji?: string } | undefined)?.emoji;
    return last === undefined || emoji === undefined || emoji === '' ? {} : { reaction: { emoji, at: last.at } };
  };
  const received = told
    .filter(({ kind }) => kind === 'message' || kind === 'call')
    .map(({ wamid, direction, type, at, content, target }): TranscriptEntry => {
      const edit = about([wamid], 'edit');
      const edited = (edit?.content?.edit as { message?: unknown } | undefined)?.message;
      const revoked = about([wamid], 'revocation');
      return {
        ...{ direction, wamid, type, at },
        ...reactionTo([wamid]),
        ...filesOf(wamid),
        ...(revoked !== undefined || content === undefined ? {} : { content: edited ?? content }),
        ...(target === null ? {} : { repliesTo: target }),
        ...(edit === undefined ? {} : { editedAt: edit.at }),
        ...(revoked === undefined ? {} : { revokedAt: revoked.at }),
      };
    });
  const handovers = told
    .filter(({ kind }) => kind === 'handover')
    .map(({ direction, type, at, target }): TranscriptEntry => ({ direction, wamid: null, type, at, owner: target }));
  const said = us.filter(({ state }) => !neverSaid.has(state));
  const sent = said.map(({ messageId, type, at, state, attempts, content }): TranscriptEntry => {
    const wamids = attempts.flatMap(({ wamid }) => (wamid === undefined ? [] : [wamid]));
    const repliesTo = (content?.context as { message_id?: string } | undefined)?.message_id;
    return {
      ...{ direction: 'out', wamid: wamids.at(-1) ?? null, messageId, type, at, state },
      ...(content === undefined ? {} : { content }),
      ...(repliesTo === undefined ? {} : { repliesTo }),
      ...reactionTo(wamids),
    };
  });
  return [...received, ...handovers, ...sent].sort(inTime);
}

const inTime = (a: { at: string }, b: { at: string }): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
