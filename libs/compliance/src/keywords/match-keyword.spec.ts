import { KeywordsPolicy } from '../policies/keywords';
import { defaultKeywords } from './default-keywords';
import { foldWords } from './fold-words';
import { matchKeyword } from './match-keyword';

const defaults = KeywordsPolicy.parse({});
const said = (text: string, policy = defaults, language?: string) => matchKeyword(text, policy, language);

describe('the built-in keywords', () => {
  it.each([
    ['STOP', 'opt-out'],
    [' stop. ', 'opt-out'],
    ['Stop promotions', 'opt-out'],
    ['¡ALTO!', 'opt-out'],
    ['no mas mensajes', 'opt-out'],
    ['Não quero mais', 'opt-out'],
    ['nao quero mais', 'opt-out'],
    ['退訂', 'opt-out'],
    ['停止。', 'opt-out'],
    ['ＳＴＯＰ', 'opt-out'],
    ['Start', 'opt-in'],
    ['comecar', 'opt-in'],
    ['订阅', 'opt-in'],
    ['AYUDA', 'help'],
    ['informacion', 'help'],
    ['帮助', 'help'],
  ])('"%s" means %s', (text, does) => {
    expect(said(text)?.does).toBe(does);
  });

  it.each(['please do not stop', 'stopp', 'Where is the bus stop?', 'yes', 'no', 'sí', '', '!!!', '👍'])(
    '"%s" means nothing',
    (text) => {
      expect(said(text)).toBeUndefined();
    },
  );

  it('are in four languages for each of start, stop and help', () => {
    expect(defaultKeywords.map(({ does, language }) => `${does} ${language}`).sort()).toEqual(
      ['help', 'opt-in', 'opt-out'].flatMap((does) => ['en', 'es', 'pt', 'zh'].map((each) => `${does} ${each}`)),
    );
  });

  it('have no word that means two things', () => {
    const meanings = new Map<string, Set<string>>();
    for (const { words, does } of defaultKeywords) {
      for (const word of words.map(foldWords)) meanings.set(word, (meanings.get(word) ?? new Set()).add(does));
    }
    expect([...meanings].filter(([, does]) => does.size > 1)).toEqual([]);
  });
});

describe("a workspace's keywords", () => {
  const policy = KeywordsPolicy.parse({
    sets: [
      {
        name: 'hours',
        does: 'reply',
        words: ['opening hours', 'horaires'],
        match: 'contains',
        reply: { text: '9 to 5' },
      },
      { name: 'tagalog', does: 'opt-out', words: ['tigil'] },
      { name: 'careful', does: 'reply', words: ['stop'] },
      { name: 'receipts', does: 'opt-out', words: ['no receipts'], purpose: 'transactional' },
      { name: 'shop', does: 'reply', words: ['营业时间'], match: 'contains' },
    ],
  });

  it('are added to the built-in ones', () => {
    expect(said('Tigil!', policy)?.name).toBe('tagalog');
    expect(said('unsubscribe', policy)?.does).toBe('opt-out');
    expect(said('no receipts', policy)?.purpose).toBe('transactional');
  });

  it('may be found within other words, as words of their own', () => {
    expect(said('What are your OPENING hours today?', policy)?.name).toBe('hours');
    expect(said('reopening hours', policy)).toBeUndefined();
    expect(said('请问营业时间是几点', policy)?.name).toBe('shop');
  });

  it('never turn a stop into something else', () => {
    expect(said('STOP', policy)?.does).toBe('opt-out');
  });

  it('may replace the built-in ones', () => {
    const own = KeywordsPolicy.parse({
      includeDefaults: false,
      sets: [{ name: 'a', does: 'opt-out', words: ['basta'] }],
    });
    expect([said('basta', own)?.name, said('stop', own)]).toEqual(['a', undefined]);
  });

  it('prefer the language that the person speaks', () => {
    expect(said('parar', defaults, 'pt_BR')?.language).toBe('pt');
    expect(said('parar', defaults, 'es')?.language).toBe('es');
    expect(said('stop', defaults, 'zh_CN')?.language).toBe('en');
  });
});
