import { chooseLanguage, type ChosenLanguage, type LanguageWish } from '@postrider/personalisation';
import type { Pool } from 'pg';
import { languagesOf } from '../contact/languages';
import { groupBy } from '../group-by';
import type { ChannelView, Copies, SenderView, TemplateView } from '../judging/copies';
import { isSendable } from '../judging/facts';
import type { MessageBody } from './message-body';

/** A template in the language that the person gets. */
export interface Picked {
  readonly view: TemplateView;
  /** Whose wish the language was. */
  readonly by: ChosenLanguage['by'];
}

/** A request as far as its template's language goes. */
interface Asking {
  readonly body: MessageBody;
  readonly channel: Pick<ChannelView, 'settings'> & { readonly sender: SenderView };
  readonly person: { readonly contactId: string };
}

/** Looks up the templates of many requests in one round trip, and picks each one's language. */
export async function findTemplates(
  { pool, copies }: { pool: Pool; copies: Copies },
  requests: readonly Asking[],
): Promise<(request: Asking, at: Date) => Picked | undefined> {
  const asking = requests.filter(({ body }) => body.template !== undefined);
  const ofPersons = asking.filter(({ body }) => body.template!.language === undefined);
  const [templates, languageOf] = await Promise.all([
    copies.templates(
      asking.map(({ body, channel }) => {
        const { name, language, fallback } = body.template!;
        return { accountId: channel.sender.accountId, name, language, fallback };
      }),
    ),
    languagesOf(pool, [...new Set(ofPersons.map(({ person }) => person.contactId))]),
  ]);
  const byName = groupBy(templates, ({ accountId, name }) => nameKey(accountId, name));
  return ({ body, channel, person }, at) => {
    if (body.template === undefined) return undefined;
    const { name, language, fallback } = body.template;
    // A language that is asked for is not replaced by the channel's, only by the fallback.
    const wish: LanguageWish =
      language === undefined
        ? { person: languageOf(person.contactId), fallback, channel: channel.settings.locale }
        : { asked: language, fallback };
    return pickLanguage(byName.get(nameKey(channel.sender.accountId, name)) ?? [], wish, at);
  };
}

/**
 * The language that fits, among those that may be sent then; where none of these does, among all, so that the refusal
 * says what is wrong with it.
 */
function pickLanguage(languages: readonly TemplateView[], wish: LanguageWish, at: Date): Picked | undefined {
  const among = (views: readonly TemplateView[]): Picked | undefined => {
    const byLanguage = new Map(views.map((view) => [view.language, view]));
    const chosen = chooseLanguage(wish, byLanguage.keys());
    return chosen && { view: byLanguage.get(chosen.language)!, by: chosen.by };
  };
  return among(languages.filter((view) => isSendable(view, at))) ?? among(languages);
}

const nameKey = (accountId: string, name: string): string => JSON.stringify([accountId, name]);
