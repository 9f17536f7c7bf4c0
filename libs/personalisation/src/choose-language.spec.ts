import { chooseLanguage, type LanguageWish } from './choose-language';

describe('the language that a person gets', () => {
  it.each<[string, LanguageWish, string[], string | undefined, string | undefined]>([
    ['is the one that was asked for', { asked: 'es_MX', person: 'en' }, ['es_MX', 'en'], 'es_MX', 'asked'],
    [
      "is the person's, where none was asked for",
      { person: 'es-MX', fallback: 'en' },
      ['es_MX', 'en'],
      'es_MX',
      'person',
    ],
    ["is the person's without its region", { person: 'es_MX', fallback: 'en' }, ['es', 'en'], 'es', 'person'],
    [
      "is the person's in the only region there is",
      { person: 'en', fallback: 'es' },
      ['en_US', 'es'],
      'en_US',
      'person',
    ],
    ['is no guess among regions', { person: 'en', fallback: 'es' }, ['en_US', 'en_GB', 'es'], 'es', 'fallback'],
    ['is the fallback, where there is no other', { asked: 'fr', fallback: 'en' }, ['es', 'en'], 'en', 'fallback'],
    ["is the channel's after that", { asked: 'fr', fallback: 'de', channel: 'es' }, ['es', 'en'], 'es', 'channel'],
    ['is the only one, where nothing was asked for', { person: 'fr' }, ['en'], 'en', 'only'],
    ['is not one that nobody asked for', { asked: 'fr' }, ['en'], undefined, undefined],
    ['is none of several that do not fit', { person: 'fr' }, ['en', 'es'], undefined, undefined],
    ['is none where there is none', {}, [], undefined, undefined],
  ])('%s', (_, wish, available, language, by) =>
    expect(chooseLanguage(wish, available)).toEqual(language === undefined ? undefined : { language, by }),
  );
});
