import { foldWords } from '../keywords/fold-words';

/**
 * Words of goods that Meta's commerce policy bars or limits. They only raise a warning: "no smoking" and "tobacco-free"
 * are as likely as an offer. https://www.facebook.com/policies_center/commerce
 */
const words = {
  tobacco:
    'cigarette cigarettes cigarro cigarros cigarrillo cigarrillos vape vapes vapeo tobacco tabaco 香烟 香煙 烟草 煙草 电子烟 電子煙',
  drugs: 'cannabis marijuana marihuana maconha cocaine cocaina mdma cbd thc 大麻 毒品 可卡因',
  weapons:
    'gun guns firearm firearms ammo ammunition pistol rifle pistola rifles municion municao arma armas 枪支 槍支 弹药 彈藥 武器',
  gambling: 'casino casinos betting gambling apuestas apostas lottery loteria 赌博 賭博 赌场 賭場 彩票',
  adult: 'porn porno xxx escort escorts 色情 成人用品',
  'prescription drugs': 'viagra cialis oxycodone opioid opioids tramadol xanax 处方药 處方藥 伟哥',
  'live animals': 'puppies kittens cachorros gatitos filhotes ivory marfil marfim 象牙 活体宠物',
  lending: 'payday 高利贷 裸贷',
} as const;

export type BarredGoods = keyof typeof words;

const han = /\p{Script=Han}/u;
const listed = Object.entries(words).flatMap(([kind, joined]) =>
  joined.split(' ').map((word) => [foldWords(word), kind as BarredGoods] as const),
);
const byWord = new Map(listed.filter(([word]) => !han.test(word)));
const inHan = listed.filter(([word]) => han.test(word));

/** The kinds of barred goods that a text has words of. */
export function barredGoodsIn(text: string): BarredGoods[] {
  const folded = foldWords(text);
  const found = new Set<BarredGoods>();
  for (const word of folded.split(' ')) {
    const kind = byWord.get(word);
    if (kind !== undefined) found.add(kind);
  }
  if (han.test(folded)) for (const [word, kind] of inHan) if (folded.includes(word)) found.add(kind);
  return [...found];
}
