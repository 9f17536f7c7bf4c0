import {
  MessageReceived,
  PreferenceReported,
  StatusReported,
  type EventMeta,
  type EventOf,
  type RecordedEvent,
} from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import type { Reaction } from '@postrider/messaging';
import { groupBy } from '../group-by';
import { portfolios } from './portfolios';
import { say, type Person } from '../contact/contact.decider';
import { writeContacts, type ContactsDeps, type ContactWrite } from '../contact/write-contacts';
import { stopSaidAt } from '../contact/stop-said-at';

type Received = RecordedEvent & EventOf<typeof MessageReceived>;
type Preferred = RecordedEvent & EventOf<typeof PreferenceReported>;
type Status = RecordedEvent & EventOf<typeof StatusReported>;
type Told = Received | Preferred | Status;

export interface LearnPeopleDeps extends ContactsDeps {
  identitySecret(workspaceId: string): Promise<Uint8Array>;
}

/** Gets to know whoever writes to us, under every alias that Meta shows. */
export function whenMessageReceived(deps: LearnPeopleDeps): Reaction {
  return {
    kind: 'reaction',
    name: 'dispatch:people',
    hears: [MessageReceived],
    handle: (events) =>
      writeByWorkspace(deps, events as readonly Received[], (event) => ({
        ...writeOf(event, 'message'),
        decide: () => [],
      })),
  };
}

/** What Meta may come to report beside these is no word on being written to. */
const isWord = ({ data }: Preferred): boolean => ['stop', 'resume', 'signup'].includes(data.value);

/** Takes the word of those who stop or resume marketing in WhatsApp itself. */
export function whenPreferenceReported(deps: LearnPeopleDeps): Reaction {
  return {
    kind: 'reaction',
    name: 'dispatch:preferences',
    hears: [PreferenceReported],
    handle: (events) =>
      writeByWorkspace(deps, (events as readonly Preferred[]).filter(isWord), (event) => {
        const state = event.data.value === 'stop' ? 'revoked' : 'granted';
        const { happenedAt } = event.data;
        const saidAt = state === 'revoked' ? stopSaidAt(happenedAt) : happenedAt;
        return {
          ...writeOf(event, 'preference'),
          decide: (contact, id) => say(contact, id, { purpose: 'marketing', state, source: 'preference', saidAt }),
        };
      }),
  };
}

const pairsKeptMax = 50_000;

/** Learns from statuses which user id a number goes with, so that a stop under the one counts for the other. */
export function whenStatusShown(deps: LearnPeopleDeps): Reaction {
  const known = new Set<string>();
  return {
    kind: 'reaction',
    name: 'dispatch:people-of-statuses',
    hears: [StatusReported],
    async handle(events) {
      const news = (events as readonly Status[]).filter(({ personal, aliasKeys }) => {
        const pair = aliasKeys.join(' ');
        const isNews = personal?.phone !== undefined && personal.userId !== undefined && !known.has(pair);
        if (isNews) known.add(pair);
        return isNews;
      });
      try {
        await writeByWorkspace(deps, news, (event) => ({ ...writeOf(event, 'status'), decide: () => [] }));
      } catch (error) {
        for (const { aliasKeys } of news) known.delete(aliasKeys.join(' '));
        throw error;
      }
      if (known.size > pairsKeptMax) known.clear();
    },
  };
}

/** Writes what the events tell of people, workspace by workspace; those who cannot be named are left out. */
export async function writeByWorkspace<Event extends Told>(
  deps: LearnPeopleDeps,
  events: readonly Event[],
  write: (event: Event) => ContactWrite,
): Promise<void> {
  const named = events.filter(({ personal }) => personal?.phone !== undefined || personal?.userId !== undefined);
  if (named.length === 0) return;
  const portfolioOf = await portfolios(
    deps.pool,
    named.map(({ data }) => data.accountId),
  );
  const shown = (event: Event): ContactWrite => {
    const portfolioId = portfolioOf.get(event.data.accountId);
    if (portfolioId === undefined) return write(event);
    return { ...write(event), shownBy: { portfolioId, at: event.data.happenedAt } };
  };
  for (const [workspaceId, group] of groupBy(named, (event) => event.workspaceId)) {
    await writeContacts(deps, await deps.identitySecret(workspaceId), group.map(shown));
  }
}

/** A change to the person behind an event, under ids that make doing it again change nothing. */
export function writeOf(event: Told, via: string): Omit<ContactWrite, 'decide'> {
  const { workspaceId, correlationId, traceparent } = event;
  const meta: Omit<EventMeta, 'aliasKeys'> = {
    workspaceId,
    actor: 'meta',
    correlationId,
    causationId: event.id,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
  return { person: personOf(event), via, meta, eventId: ({ type }) => derivedId.reaction(event.id, type) };
}

function personOf({ personal }: Told): Person {
  const { phone, userId, name } = personal ?? {};
  return {
    // Meta writes numbers without the plus sign.
    ...(phone === undefined ? {} : { phone: `+${phone.replace(/\D/g, '')}` }),
    ...(userId === undefined ? {} : { userId }),
    ...(name === undefined ? {} : { name }),
  };
}
