import { MessageReceived, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import type { Fold } from '@postrider/messaging';
import { upsertLastWords } from './upsert-last-words.sql';

export const lastWordCopy = 'dispatch:last-words';

/** Keeps which message of a person was their last to a sender, for what is shown to have been read. */
export function whenMessageReceived(): Fold {
  return {
    kind: 'fold',
    name: lastWordCopy,
    hears: [MessageReceived],
    tables: ['last_word'],
    async handle(events, tx) {
      const words = (events as readonly (RecordedEvent & EventOf<typeof MessageReceived>)[]).flatMap((event) =>
        event.aliasKeys.map((key) => ({ event, key })),
      );
      if (words.length === 0) return;
      await tx.query(upsertLastWords, [
        words.map(({ event, key }) => derivedId.conversation(event.data.senderId, key)),
        words.map(({ event }) => event.workspaceId),
        words.map(({ event }) => event.data.senderId),
        words.map(({ key }) => key),
        words.map(({ event }) => event.data.wamid),
        words.map(({ event }) => event.data.happenedAt),
      ]);
    },
  };
}
