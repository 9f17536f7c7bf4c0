import { v7 } from 'uuid';
import { mediaIn, withMetaIds } from './references';

const [first, second] = [v7(), v7()] as [string, string];

it.each([
  ['an image', { type: 'image', image: { id: first, caption: 'x' } }, [first]],
  ['an image by address', { type: 'image', image: { link: 'https://x.example/a.png' } }, []],
  ["an image under Meta's own id", { type: 'image', image: { id: '1234567890' } }, []],
  [
    'an interactive header',
    { type: 'interactive', interactive: { header: { type: 'video', video: { id: first } } } },
    [first],
  ],
  [
    "a template's header and cards",
    {
      type: 'template',
      template: {
        components: [
          { type: 'header', parameters: [{ type: 'image', image: { id: first } }] },
          {
            type: 'carousel',
            cards: [{ components: [{ type: 'header', parameters: [{ type: 'image', image: { id: second } }] }] }],
          },
        ],
      },
    },
    [first, second],
  ],
  [
    'a button whose id looks like a file',
    { interactive: { action: { buttons: [{ reply: { id: first, title: 'x' } }] } } },
    [],
  ],
])('finds the files of ours in %s, and puts others in their place', (_, payload, ids) => {
  expect(mediaIn(payload)).toEqual(ids);
  const replaced = withMetaIds(payload, (id) => `meta-${id}`);
  expect(JSON.stringify(replaced)).toBe(
    ids.reduce((text, id) => text.replaceAll(id, `meta-${id}`), JSON.stringify(payload)),
  );
});
