import { chooseLanguage, type LanguageWish } from './choose-language';

describe('the language that a person gets', () => {
  it.each<[string, LanguageWish, string[], string | undefined]>([
    ['is the one that was asked for', { asked: 'es_MX', person: 'en' }, ['es_MX', 'en'], 'es_MX'],
    ["is the person's, where none was asked for", { person: 'es-MX', fallback: 'en' }, ['es_MX', 'en'], 'es_MX'],
    ["is the person's without its region", { person: 'es_MX', fallback: 'en' }, ['es', 'en'], 'es'],
    ['is the fallback, where there is no other', { asked: 'fr', fallback: 'en' }, ['es', 'en'], 'en'],
    ["is the channel's after that", { asked: 'fr', fallback: 'de', channel: 'es' }, ['es', 'en'], 'es'],
    ['is the only one, where nothing was asked for', { person: 'fr' }, ['en'], 'en'],
    ['is not one that nobody asked for', { asked: 'fr' }, ['en'], undefined],
    ['is none of several that do not fit', { person: 'fr' }, ['en', 'es'], undefined],
    ['is none where there is none', {}, [], undefined],
  ])('%s', (_, wish, available, expected) => expect(chooseLanguage(wish, available)).toBe(expected));
});
