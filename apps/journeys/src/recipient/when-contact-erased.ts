import { ContactErased } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';
import { eraseCommands, eraseMembers, lockAllOfPerson } from './recipients.sql';
import { writeChanges, type Recipient } from './standings';

/** Forgets what audiences and frozen messages say of an erased person; what had not been handed over is cancelled. */
export function whenContactErased(): Fold {
  return {
    kind: 'fold',
    name: 'journeys:erasures',
    hears: [ContactErased],
    async handle(events, tx) {
      const keys = [...new Set(events.flatMap(({ aliasKeys }) => aliasKeys))];
      if (keys.length === 0) return;
      const { rows } = await tx.query<Recipient>(lockAllOfPerson, [keys]);
      const before = new Map(rows.map((row) => [row.recipientId, row]));
      const after = new Map(rows.map((row) => [row.recipientId, ended(row)]));
      await writeChanges(tx, before, after);
      await tx.query(eraseCommands, [keys]);
      await tx.query(eraseMembers, [keys]);
    },
  };
}

const ended = (recipient: Recipient): Recipient =>
  recipient.state === 'planned' ? { ...recipient, state: 'cancelled', code: 'erased' } : recipient;
