import { EntitySchema } from 'typeorm';

/** When a person, by one of their aliases, was last heard of by a sender. By Meta's clock. */
export interface ServiceWindow {
  senderId: string;
  aliasKey: string;
  /** The last message or call of theirs. */
  lastInboundAt: Date | null;
  /** The last time they came by an advertisement or a page's button. */
  lastEntryAt: Date | null;
  /** Until when Meta said that messages are free, after such an entry was answered. */
  freeUntil: Date | null;
}

export const ServiceWindowTable = new EntitySchema<ServiceWindow>({
  name: 'service_window',
  columns: {
    senderId: { name: 'sender_id', type: 'uuid', primary: true },
    aliasKey: { name: 'alias_key', type: 'text', primary: true },
    lastInboundAt: { name: 'last_inbound_at', type: 'timestamptz', nullable: true },
    lastEntryAt: { name: 'last_entry_at', type: 'timestamptz', nullable: true },
    freeUntil: { name: 'free_until', type: 'timestamptz', nullable: true },
  },
});
