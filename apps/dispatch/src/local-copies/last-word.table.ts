import { EntitySchema } from 'typeorm';

/** The last message of a person to a sender, under each alias that it showed. */
export interface LastWord {
  /** Of the sender with this alias. */
  conversationId: string;
  workspaceId: string;
  senderId: string;
  aliasKey: string;
  wamid: string;
  /** By Meta's clock. */
  at: Date;
}

export const LastWordTable = new EntitySchema<LastWord>({
  name: 'last_word',
  columns: {
    conversationId: { name: 'conversation_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    senderId: { name: 'sender_id', type: 'uuid' },
    aliasKey: { name: 'alias_key', type: 'text' },
    wamid: { type: 'text' },
    at: { type: 'timestamptz' },
  },
});
