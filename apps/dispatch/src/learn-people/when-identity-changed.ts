import { IdentityChangeReported, type EventMeta, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import { changeStream } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import type { Reaction } from '@postrider/messaging';
import { contactDecider, link, type ShownBy } from '../contact/contact.decider';
import { handOver } from '../contact/hand-over';
import { handedOn, isUserKey, whoseNumber } from '../contact/handed-on';
import { peopleBehind, type KnownPerson } from '../contact/people';
import { portfolios } from './portfolios';
import type { LearnPeopleDeps } from './when-people-seen';

type Changed = RecordedEvent & EventOf<typeof IdentityChangeReported>;

/**
 * Follows a person to a new number or user id: consent and windows go with them, and the number they left is nobody's
 * until somebody is shown under it. That somebody's keys changed says nothing of who they are.
 */
export function whenIdentityChanged(deps: LearnPeopleDeps): Reaction {
  return {
    kind: 'reaction',
    name: 'dispatch:identity-changes',
    hears: [IdentityChangeReported],
    async handle(events) {
      for (const event of events as readonly Changed[]) {
        if (event.data.kind !== 'identity-changed') await follow(deps, event);
      }
    },
  };
}

type PersonOf = (aliasKey: string) => KnownPerson;

async function follow(deps: LearnPeopleDeps, event: Changed): Promise<void> {
  const { previousAliasKeys: before, currentAliasKeys: after, accountId, happenedAt } = event.data;
  const personOf = await peopleBehind(deps.pool, event.workspaceId, [...before, ...after]);
  // A user id never changes hands, so that it tells better who is meant.
  const known = [...before.filter(isUserKey), ...before].find((key) => personOf(key).known);
  if (known === undefined) return;
  const person = personOf(known);
  const portfolioId = (await portfolios(deps.pool, [accountId])).get(accountId);
  const shownBy = portfolioId === undefined ? undefined : { portfolioId, at: happenedAt };
  await leave(deps, event, person, personOf);
  const isTaken = await takeNumber(deps, event, { person, personOf, shownBy });
  const meta: EventMeta = { ...metaOf(event), aliasKeys: [known] };
  const stream = {
    streamId: person.contactId,
    orderingKey: person.orderingKey,
    meta,
    eventId: ({ data }: { data: unknown }) =>
      derivedId.fact(person.contactId, 'IdentityLinked', (data as { aliasKey: string }).aliasKey, event.id),
  };
  const { phone, userId } = event.personal?.current ?? {};
  const news = after.filter((key) => !before.includes(key));
  const changed = await changeStream(deps.log, deps.clock, stream, contactDecider, (state) =>
    news.flatMap((aliasKey) => {
      const named = isUserKey(aliasKey)
        ? userId !== undefined && { userId }
        : phone !== undefined && { phone: `+${phone.replace(/\D/g, '')}` };
      const because = !isUserKey(aliasKey) && isTaken ? handedOn : event.data.kind;
      return link(state, { contactId: person.contactId, aliasKey, because, shownBy, ...(named || {}) });
    }),
  );
  if ('refused' in changed) throw new Error(`a contact cannot refuse: ${changed.refused}`);
}

/** The number that the person had, where they have another now. */
async function leave(deps: LearnPeopleDeps, event: Changed, person: KnownPerson, personOf: PersonOf): Promise<void> {
  const { previousAliasKeys, currentAliasKeys, happenedAt: at, kind } = event.data;
  if (!currentAliasKeys.some((key) => !isUserKey(key))) return;
  const phone = event.personal?.previous?.phone;
  for (const aliasKey of previousAliasKeys) {
    const from = personOf(aliasKey);
    if (isUserKey(aliasKey) || currentAliasKeys.includes(aliasKey) || from.personId !== person.personId) continue;
    const next = derivedId.contact(event.workspaceId, `${aliasKey} since ${at}`);
    const named = phone === undefined ? undefined : `+${phone.replace(/\D/g, '')}`;
    await handOver(deps, { from, next, aliasKey, because: kind, at, phone: named, meta: metaOf(event) });
  }
}

/** The new number may have been somebody else's. */
async function takeNumber(
  deps: LearnPeopleDeps,
  event: Changed,
  { person, personOf, shownBy }: { person: KnownPerson; personOf: PersonOf; shownBy: ShownBy | undefined },
): Promise<boolean> {
  const { previousAliasKeys, currentAliasKeys, happenedAt: at, kind } = event.data;
  const aliasKey = currentAliasKeys.find((key) => !isUserKey(key) && !previousAliasKeys.includes(key));
  const userKey = [...currentAliasKeys, ...previousAliasKeys].find(isUserKey) ?? '';
  if (aliasKey === undefined || shownBy === undefined) return false;
  const from = personOf(aliasKey);
  if (!from.known || from.personId === person.personId) return false;
  if (whoseNumber(from, userKey, shownBy) !== 'taken') return false;
  const next = person.contactId;
  const meta = metaOf(event);
  await handOver(deps, { from, next, aliasKey, because: kind, at, phone: undefined, meta });
  return true;
}

const metaOf = ({ workspaceId, correlationId, id, traceparent }: Changed): Omit<EventMeta, 'aliasKeys'> => ({
  workspaceId,
  actor: 'meta',
  correlationId,
  causationId: id,
  ...(traceparent === undefined ? {} : { traceparent }),
});
