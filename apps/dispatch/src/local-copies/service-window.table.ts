import { EntitySchema } from 'typeorm';

/** When a person, by one of their aliases, last wrote to a sender. By Meta's clock. */
export interface ServiceWindow {
  senderId: string;
  aliasKey: string;
  lastInboundAt: Date;
}

export const ServiceWindowTable = new EntitySchema<ServiceWindow>({
  name: 'service_window',
  columns: {
    senderId: { name: 'sender_id', type: 'uuid', primary: true },
    aliasKey: { name: 'alias_key', type: 'text', primary: true },
    lastInboundAt: { name: 'last_inbound_at', type: 'timestamptz' },
  },
});
