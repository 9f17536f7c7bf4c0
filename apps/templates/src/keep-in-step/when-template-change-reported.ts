import { TemplateChangeReported, type EventOf, type RecordedEvent } from '@postrider/event-contracts';
import { derivedId } from '@postrider/keys';
import type { Reaction } from '@postrider/messaging';
import { type Changing, reactingTo } from '@postrider/service-host';
import { readTemplateChange } from '../meta/template-report';
import type { MetaOfAccount } from '../recording/meta-of-account';
import { takeUp } from '../recording/take-up';
import { reportTemplate } from '../template/seen-at-meta.decider';
import { template } from '../template/template.decider';
import type { TemplateViews } from '../views/templates';

type Reported = RecordedEvent & EventOf<typeof TemplateChangeReported>;
const name = 'templates:when-template-change-reported';

/**
 * Meta's webhook about a template becomes our facts at once. Where it does not say enough, since the components changed
 * or nobody here knows the template, Meta is asked.
 */
export function whenTemplateChangeReported(deps: {
  changing: Changing;
  views: TemplateViews;
  metaOf: MetaOfAccount;
  known: (templateId: string) => Promise<boolean>;
}): Reaction {
  const { changing, views, metaOf, known } = deps;
  return {
    kind: 'reaction',
    name,
    hears: [TemplateChangeReported],
    async handle(events) {
      for (const event of events as readonly Reported[]) await take(event);
    },
  };

  async function take(event: Reported): Promise<void> {
    const { accountId, wabaId, metaTemplateId, templateName, templateLanguage } = event.data;
    const by = reactingTo(event, name);
    const report = readTemplateChange(event.data);
    const templateId =
      (await views.ofMeta(accountId, metaTemplateId))?.id ??
      derivedId.template(accountId, templateName, templateLanguage);
    if (report && (await known(templateId))) {
      await changing.change(by, templateId, template, (state) => reportTemplate(report, state));
      return;
    }
    const look = async () => (await metaOf(accountId))?.one(metaTemplateId);
    const seen = await look();
    if (!seen) return;
    const { definition } = seen;
    const id = derivedId.template(accountId, definition.name, definition.language);
    const of = { templateId: id, accountId, wabaId, at: event.at };
    await takeUp(changing, by, of, async (state) => (state && (await look())) ?? seen);
  }
}
