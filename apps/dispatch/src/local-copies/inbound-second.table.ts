import { EntitySchema } from 'typeorm';

/** How many messages came to a sender within a second; they count towards its rate, as Meta counts both ways together. */
export interface InboundSecond {
  senderId: string;
  second: Date;
  count: number;
}

export const InboundSecondTable = new EntitySchema<InboundSecond>({
  name: 'inbound_second',
  columns: {
    senderId: { name: 'sender_id', type: 'uuid', primary: true },
    second: { type: 'timestamptz', primary: true },
    count: { type: 'int' },
  },
});
