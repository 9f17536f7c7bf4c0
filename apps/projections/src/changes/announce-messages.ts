import type { MessageFollower } from '../message/messages.projection';
import { stateOf } from '../message/message-state';
import { announce } from './announce';

/** Tells of every message whose state changed. */
export function announceMessages(): MessageFollower {
  return {
    tables: [],
    follow: (changes, tx) =>
      announce(
        changes.flatMap(({ messageId, workspaceId, before, after }) => {
          const state = stateOf(after);
          if (state === undefined || state === stateOf(before)) return [];
          const { channelName: channel, contactId: contact, reference, origin } = after.request!;
          return [
            {
              workspaceId,
              type: 'message' as const,
              data: { id: messageId, state, channel, contact, reference, origin },
            },
          ];
        }),
        tx,
      ),
  };
}
