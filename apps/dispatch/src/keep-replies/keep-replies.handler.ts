import { fold, isRefusal, type Clock } from '@postrider/decider';
import { changeStream, type EventLog } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import type { Caller } from '@postrider/service-host';
import { keepReplies as decide, repliesDecider, type RepliesEvent, type SavedReply } from '../replies/replies.decider';

export interface RepliesView {
  readonly data: readonly SavedReply[];
  readonly version: number;
}

type Asking = Pick<Caller, 'workspaceId' | 'actor' | 'correlationId' | 'traceparent'>;
export type KeepReplies = ReturnType<typeof keepReplies>;

/** The replies of a workspace: one short stream, read as it stands in the log. */
export function keepReplies({ log, clock }: { readonly log: EventLog; readonly clock: Clock }) {
  const list = async ({ workspaceId }: Pick<Caller, 'workspaceId'>): Promise<RepliesView> => {
    const events = (await log.readStream(derivedId.replies(workspaceId))) as unknown as RepliesEvent[];
    const { replies, repliesVersion } = fold(repliesDecider, events);
    return { data: replies, version: repliesVersion };
  };
  return {
    list,
    async put(caller: Asking, replies: readonly SavedReply[]): Promise<RepliesView> {
      const { workspaceId, actor, correlationId, traceparent } = caller;
      const streamId = derivedId.replies(workspaceId);
      const known = { workspaceId, actor, correlationId, aliasKeys: [] };
      const meta = traceparent === undefined ? known : { ...known, traceparent };
      const stream = { streamId, orderingKey: streamId, meta };
      const changed = await changeStream(log, clock, stream, repliesDecider, (state) => decide(state, replies));
      if (isRefusal(changed)) throw new Error('a list of replies is never refused');
      return list(caller);
    },
  };
}
