import type { EventOf, MessageReceived, RecordedEvent } from '@postrider/event-contracts';

export type Received = RecordedEvent & EventOf<typeof MessageReceived>;

/** The words of a message that a person wrote or chose: a text, or the title of a button or of a line of a list. */
export function wordsReceived({ personal }: Pick<Received, 'personal'>): string | undefined {
  const message = (personal?.message ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  const { text, button, interactive } = message;
  const chosen = (interactive?.['button_reply'] ?? interactive?.['list_reply']) as { title?: unknown } | undefined;
  const words = text?.['body'] ?? button?.['text'] ?? chosen?.title;
  return typeof words === 'string' ? words : undefined;
}
