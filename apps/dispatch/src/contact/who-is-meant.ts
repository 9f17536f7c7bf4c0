import { Fault } from '@postrider/decider';
import type { RecordedEvent } from '@postrider/event-contracts';
import type { ContactEvent } from './contact.decider';
import { claimNumber } from './hand-over';
import { shownPair, shownUserKeys } from './handed-on';
import { peopleBehind, type KnownPerson } from './people';
import { contactsFold } from './when-contact-changed';
import type { ContactsDeps, ContactWrite } from './write-contacts';

/** Whom each write is about, and which numbers change hands by it. */
interface Meant {
  readonly claims: readonly ReturnType<typeof claimNumber>[];
  /** By which each write goes. */
  readonly keys: readonly (readonly string[])[];
  readonly targets: readonly KnownPerson[];
  readonly streams: Map<string, RecordedEvent[]>;
  /** Where the log says what the tables do not yet. */
  readonly news: readonly { readonly shard: number; readonly position: number }[];
}

const foldedWithinMs = 5_000;

/**
 * Finds who is meant. The tables tell, and where the log knows already that a number was shown with another user id than
 * the tables say, or was handed on, they are waited for: else two people would be taken for one.
 */
export async function whoIsMeant(
  deps: ContactsDeps,
  writes: readonly ContactWrite[],
  shown: readonly (readonly string[])[],
): Promise<Meant> {
  let meant = await look(deps, writes, shown);
  // The tables may have their reasons to say something else than the stream, even when they know all of it.
  for (let waited = ''; meant.news.length > 0 && waited !== JSON.stringify(meant.news);) {
    waited = JSON.stringify(meant.news);
    if (!(await deps.readers.reached(contactsFold, 'dispatch', meant.news, foldedWithinMs))) throw behind();
    meant = await look(deps, writes, shown);
  }
  return meant;
}

const behind = (): Fault =>
  new Fault({
    code: 'unavailable',
    message: `${contactsFold} is behind the people whom it is asked about`,
    publicText: 'Who is who is not known yet.',
    retryable: true,
  });

async function look(
  { pool, log }: ContactsDeps,
  writes: readonly ContactWrite[],
  shown: readonly (readonly string[])[],
): Promise<Meant> {
  const personOf = await peopleBehind(pool, writes[0]?.meta.workspaceId ?? '', [...new Set(shown.flat())]);
  const claims = shown.map((own, index) => claimNumber(writes[index]!, own, personOf));
  const keys = claims.map((claim) => claim.keys);
  const targets = keys.map((own) => personOf(own.find((key) => personOf(key).known) ?? own[0]!));
  const holders = writes.flatMap(({ shownBy }, index): Holding[] => {
    const pair = shownPair(shown[index]!, shownBy);
    if (pair === undefined) return [];
    const { phoneKey, userKey } = pair;
    return [{ holder: personOf(phoneKey), phoneKey, userKey, portfolioId: pair.shownBy.portfolioId }];
  });
  const persons = [...targets, ...holders.map(({ holder }) => holder)];
  const streams = await log.readStreams([...new Set(persons.map(({ contactId }) => contactId))]);
  const news = holders.flatMap((holding) => {
    const recorded = streams.get(holding.holder.contactId) ?? [];
    const { shard, position } = recorded.at(-1) ?? { shard: 0, position: 0 };
    return isAhead(recorded, holding) ? [{ shard, position }] : [];
  });
  return { claims, keys, targets, streams, news };
}

interface Holding {
  readonly holder: KnownPerson;
  readonly phoneKey: string;
  readonly userKey: string;
  readonly portfolioId: string;
}

/** Whether a contact's stream says of a number what the tables do not yet. */
function isAhead(recorded: readonly RecordedEvent[], { holder, phoneKey, userKey, portfolioId }: Holding): boolean {
  const known = [userKey, ...holder.aliases.map(({ key }) => key)];
  const left = (recorded as readonly (RecordedEvent & ContactEvent)[]).some(
    ({ type, data }) =>
      type === 'IdentityUnlinked' && data.aliasKey === phoneKey && Date.parse(data.unlinkedAt) > holder.since,
  );
  return left || shownUserKeys(recorded, portfolioId).some((key) => !known.includes(key));
}
