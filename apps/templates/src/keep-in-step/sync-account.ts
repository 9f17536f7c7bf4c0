import type { Clock } from '@postrider/decider';
import { derivedId } from '@postrider/keys';
import type { By, Changing } from '@postrider/service-host';
import type { MetaOfAccount } from '../recording/meta-of-account';
import { takeUp } from '../recording/take-up';
import { missTemplate, observeTemplate } from '../template/seen-at-meta.decider';
import { template, type TemplateState } from '../template/template.decider';
import type { Account, TemplateViews } from '../views/templates';

export interface SyncDeps {
  readonly changing: Changing;
  readonly views: TemplateViews;
  readonly metaOf: MetaOfAccount;
  readonly clock: Clock;
}

/** What one pass over an account's templates found. */
export interface Synced {
  readonly seen: number;
  readonly changed: number;
}

/** At once, in one page; more would only queue for the database. */
const together = 16;

/**
 * Walks all pages of an account's templates: those made elsewhere are discovered, those that changed are told, those
 * that are gone are deleted. Undefined where the account is not connected any more.
 */
export function syncAccount({ changing, views, metaOf, clock }: SyncDeps) {
  return async ({ id: accountId, wabaId }: Account, by: By): Promise<Synced | undefined> => {
    const meta = await metaOf(accountId);
    if (!meta) return undefined;
    // Before the pass: what is submitted while it runs cannot be missing from it.
    const known = await views.knownAtMeta(accountId);
    let seenCount = 0;
    let changed = 0;
    const count = (events: { events?: readonly unknown[] } | object): void => {
      if ('events' in events && (events.events as readonly unknown[]).length > 0) changed += 1;
    };
    for await (const page of meta.all()) {
      for (let at = 0; at < page.length; at += together) {
        await Promise.all(
          page.slice(at, at + together).map(async (seen) => {
            const { name, language } = seen.definition;
            const templateId = derivedId.template(accountId, name, language);
            known.delete(templateId);
            const of = { templateId, accountId, wabaId, at: clock.now() };
            // The page is older than the decision: where it says something new of what we know, the word of now counts.
            const look = async (state: TemplateState) =>
              state && observeTemplate({ ...seen, ...of }, state).length > 0 ? meta.one(seen.metaTemplateId) : seen;
            count(await takeUp(changing, by, of, look));
          }),
        );
      }
      seenCount += page.length;
    }
    for (const [templateId, metaTemplateId] of known) {
      const decide = async (state: TemplateState) => {
        // One look at itself, so that a page that shifted under the pass deletes nothing.
        const seen = await meta.one(metaTemplateId);
        if (!seen) return missTemplate({}, state);
        return observeTemplate({ ...seen, templateId, accountId, wabaId, at: clock.now() }, state);
      };
      count(await changing.change(by, templateId, template, decide));
    }
    return { seen: seenCount, changed };
  };
}
export type SyncAccount = ReturnType<typeof syncAccount>;
