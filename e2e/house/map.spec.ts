import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '@postrider/event-contracts';

const root = join(__dirname, '../..');
const definitions = new Map(
  Object.entries(contracts).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && 'wireType' in value ? [[name, value] as const] : [],
  ),
);

interface Row {
  readonly place: string;
  readonly causes: readonly string[];
  readonly says: readonly string[];
  readonly topic: string | undefined;
}

const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');

function rows(): Row[] {
  const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const table = page.slice(page.indexOf('| happens in |'), page.indexOf('## What must not break'));
  return table
    .split('\n')
    .slice(2)
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').slice(1))
    .map(([place = '', cause = '', , says = '', topic = '']) => ({
      place: quoted(place)[0] ?? '',
      causes: quoted(cause),
      says: quoted(says),
      topic: quoted(topic)[0],
    }));
}

/** All that a place is made of, with what it imports from its own service: a slice says through its streams. */
function textOf(place: string, withStreams: boolean): string {
  const service = join(root, place.split('/').slice(0, 3).join('/'));
  const inPlace = readdirSync(join(root, place)).map((file) => join(root, place, file));
  const own = inPlace.filter(isSource).map((file) => readFileSync(file, 'utf8'));
  if (!withStreams) return own.join('\n');
  const seen = new Set<string>();
  const follow = (from: string, text: string): string =>
    [...text.matchAll(/from '(\.\.?\/[^']+)'/g)]
      .map((match) => `${join(from, '..', match[1] ?? '')}.ts`)
      .filter((file) => file.startsWith(service) && existsSync(file) && !seen.has(file))
      .map((file) => {
        seen.add(file);
        const text = readFileSync(file, 'utf8');
        return text + follow(file, text);
      })
      .join('\n');
  return inPlace
    .filter(isSource)
    .map((file) => readFileSync(file, 'utf8') + follow(file, readFileSync(file, 'utf8')))
    .join('\n');
}

const isSource = (file: string): boolean => file.endsWith('.ts') && !file.endsWith('.spec.ts');

describe.each(rows().map((row) => [row.place, row] as const))('on the map, %s', (place, row) => {
  it('exists', () => expect(existsSync(join(root, place))).toBe(true));

  it('answers or hears what it is said to', () => {
    const text = textOf(place, true);
    for (const cause of row.causes) {
      const [method, path] = cause.split(' ') as [string, string?];
      if (path === undefined) expect([cause, new RegExp(`\\b${cause}\\b`).test(text)]).toEqual([cause, true]);
      else expect([cause, answers(textOf(place, true), method, path)]).toEqual([cause, true]);
    }
  });

  it('says what it is said to, on its topic', () => {
    const text = textOf(place, true);
    for (const event of row.says) {
      expect([event, new RegExp(`\\b${event}\\.of\\(`).test(text)]).toEqual([event, true]);
      expect(`postrider.${definitions.get(event)?.service}`).toBe(row.topic);
    }
  });
});

/** Whether a Nest or Fastify route in `text` has this method and path. */
function answers(text: string, method: string, path: string): boolean {
  const verb = `${method[0]}${method.slice(1).toLowerCase()}`;
  const controllers = [...text.matchAll(/@Controller\('([^']*)'\)/g)].map((match) => match[1] ?? '');
  const handlers = [...text.matchAll(new RegExp(`@${verb}\\((?:'([^']*)')?\\)`, 'g'))].map((match) => match[1] ?? '');
  const nest = controllers.flatMap((base) => handlers.map((rest) => `/${base}${rest === '' ? '' : `/${rest}`}`));
  return (
    nest.includes(path) ||
    (text.includes(`'${path}'`) && new RegExp(`\\.${method.toLowerCase()}\\(|'${method}'`).test(text))
  );
}

it('has a map', () => expect(rows().length).toBeGreaterThanOrEqual(8));
