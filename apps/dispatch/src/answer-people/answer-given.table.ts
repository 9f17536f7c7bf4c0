import { EntitySchema } from 'typeorm';

/** The last answer that a contact was given by a rule. */
export interface AnswerGivenRow {
  contactId: string;
  rule: string;
  at: Date;
  messageId: string;
}

export const AnswerGivenTable = new EntitySchema<AnswerGivenRow>({
  name: 'answer_given',
  columns: {
    contactId: { name: 'contact_id', type: 'uuid', primary: true },
    rule: { type: 'text', primary: true },
    at: { type: 'timestamptz' },
    messageId: { name: 'message_id', type: 'uuid' },
  },
});
