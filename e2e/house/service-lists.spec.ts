import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '@postrider/event-contracts';

const apps = join(__dirname, '../../apps');
const services = readdirSync(apps).filter((app) => existsSync(join(apps, app, 'src', `${app}.module.ts`)));

/** The type that an exported definition declares, by the name it is imported under. */
const typeOf = new Map(
  Object.entries(contracts).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && 'wireType' in value ? [[name, value.type] as const] : [],
  ),
);

function sources(service: string): { path: string; text: string }[] {
  return readdirSync(join(apps, service, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
    .map((path) => ({ path, text: readFileSync(join(apps, service, 'src', path), 'utf8') }));
}

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** The first word of each bullet under a heading of the service's README. */
function listed(service: string, heading: string): string[] {
  const readme = readFileSync(join(apps, service, 'README.md'), 'utf8');
  const section = new RegExp(`^## ${heading}\\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(readme)?.[1] ?? '';
  return sorted(found(section, /^- `(\w+)`/gm));
}

describe.each(services)('the README of %s', (service) => {
  const code = sources(service);

  it('lists what the service hears', () => {
    const heard = code
      .flatMap(({ text }) => found(text, /hears:\s*\[([^\]]*)\]/g))
      .flatMap((list) => found(list, /(\w+)/g));
    expect(listed(service, 'Hears')).toEqual(sorted(heard.map((name) => typeOf.get(name) ?? name)));
  });

  it('lists what the service decides', () => {
    const decisions = code
      .filter(({ path }) => path.endsWith('.decider.ts'))
      .flatMap(({ text }) => found(text, /^export function (\w+)/gm));
    expect(listed(service, 'Decides')).toEqual(sorted(decisions));
  });

  it('lists what the service says', () => {
    const said = code.flatMap(({ text }) => found(text, /\b(\w+)\.of\(/g)).flatMap((name) => typeOf.get(name) ?? []);
    // The host writes them for a service that says what needs an operator.
    if (code.some(({ text }) => text.includes('standingAlarms('))) said.push('AlarmRaised', 'AlarmCleared');
    expect(listed(service, 'Says')).toEqual(sorted(said));
  });
});

it('finds the services', () => expect(services.length).toBeGreaterThanOrEqual(5));
