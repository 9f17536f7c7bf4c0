import { ContactChanged, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import type { Fold } from '@postrider/messaging';

type Changed = RecordedEvent & EventOf<typeof ContactChanged>;

export const traitsFold = 'dispatch:contact-traits';

/** Keeps contacts' time zones and languages: quiet hours and answers go by them. */
export function whenTraitsChanged(): Fold {
  return {
    kind: 'fold',
    name: traitsFold,
    hears: [ContactChanged],
    tables: ['contact_traits'],
    async handle(events, tx) {
      for (const { data } of events as readonly Changed[]) {
        for (const [column, value] of [
          ['time_zone', data.timeZone],
          ['language', data.language],
        ] as const) {
          if (value === undefined) continue;
          await tx.query(
            `insert into contact_traits (contact_id, ${column}) values ($1, $2)
             on conflict (contact_id) do update set ${column} = excluded.${column}`,
            [data.contactId, value],
          );
        }
      }
    },
  };
}
