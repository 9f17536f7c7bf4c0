import { EntitySchema } from 'typeorm';

/** A scope in which sending is stopped after an error of Meta's. */
export interface SendingPause {
  scopeId: string;
  scope: 'account' | 'sender' | 'template';
  code: string;
  until: Date | null;
}

export const SendingPauseTable = new EntitySchema<SendingPause>({
  name: 'sending_pause',
  columns: {
    scopeId: { name: 'scope_id', type: 'uuid', primary: true },
    scope: { type: 'text' },
    code: { type: 'text' },
    until: { type: 'timestamptz', nullable: true },
  },
});
