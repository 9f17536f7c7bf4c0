import { matchKeyword, type KeywordSet } from '@postrider/compliance';
import { MessageReceived } from '@postrider/event-contracts';
import type { Reaction } from '@postrider/messaging';
import { say } from '../contact/contact.decider';
import { stopSaidAt } from '../contact/stop-said-at';
import type { PoliciesInForce } from '../policies/policies-in-force';
import { writeByWorkspace, writeOf, type LearnPeopleDeps } from './when-people-seen';
import { wordsReceived, type Received } from './words-received';

/** Takes the word of those who write a keyword that starts or stops messages. */
export function whenKeywordReceived(deps: LearnPeopleDeps & { readonly policies: PoliciesInForce }): Reaction {
  return {
    kind: 'reaction',
    name: 'dispatch:keywords',
    hears: [MessageReceived],
    async handle(events) {
      const said = await Promise.all((events as readonly Received[]).map((event) => keywordIn(deps.policies, event)));
      const telling = said.filter((each) => each?.set.does === 'opt-out' || each?.set.does === 'opt-in');
      const setOf = new Map(telling.map((each) => [each!.event, each!.set]));
      await writeByWorkspace(deps, [...setOf.keys()], (event) => {
        const { does, purpose = 'marketing' } = setOf.get(event)!;
        const proof = wordsReceived(event);
        return {
          ...writeOf(event, 'message'),
          decide: (contact, id) =>
            say(contact, id, {
              purpose,
              ...(does === 'opt-out'
                ? { state: 'revoked', saidAt: stopSaidAt(event.data.happenedAt) }
                : { state: 'granted', saidAt: event.data.happenedAt }),
              source: 'keyword',
              ...(proof === undefined ? {} : { proof }),
            }),
        };
      });
    },
  };
}

async function keywordIn(
  policies: PoliciesInForce,
  event: Received,
): Promise<{ readonly event: Received; readonly set: KeywordSet } | undefined> {
  const words = wordsReceived(event);
  if (words === undefined) return undefined;
  const set = matchKeyword(words, (await policies(event.workspaceId)).keywords);
  return set && { event, set };
}
