import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

interface Probe {
  readonly path: string;
  readonly imported: string;
}

const forbidden: [string, Probe, string][] = [
  [
    'a service imports another service',
    { path: 'apps/dispatch/src/probe.ts', imported: '@postrider/webhooks' },
    'boundaries',
  ],
  [
    'a service imports the simulator',
    { path: 'apps/dispatch/src/probe.ts', imported: '@postrider/cloud-api-simulator' },
    'boundaries',
  ],
  [
    'a platform lib imports a service',
    { path: 'libs/messaging/src/probe.ts', imported: '@postrider/dispatch' },
    'boundaries',
  ],
  [
    'a pure lib imports a platform lib',
    { path: 'libs/compliance/src/probe.ts', imported: '@postrider/event-store' },
    'boundaries',
  ],
  [
    'the simulator imports a platform lib',
    { path: 'apps/cloud-api-simulator/src/probe.ts', imported: '@postrider/keys' },
    'boundaries',
  ],
  [
    'a relative path leaves the project',
    { path: 'apps/dispatch/src/probe.ts', imported: '../../webhooks/src/index' },
    'boundaries',
  ],
  ['a pure lib imports Node', { path: 'libs/compliance/src/probe.ts', imported: 'node:fs' }, 'imports'],
  ['a pure lib imports a package', { path: 'libs/decider/src/probe.ts', imported: 'luxon' }, 'imports'],
  ['kafkajs is imported outside its folder', { path: 'apps/dispatch/src/probe.ts', imported: 'kafkajs' }, 'imports'],
];
const allowed: Probe[] = [
  { path: 'apps/dispatch/src/probe.ts', imported: '@postrider/messaging' },
  { path: 'apps/dispatch/src/probe.ts', imported: '@postrider/compliance' },
  { path: 'apps/standalone/src/probe.ts', imported: '@postrider/dispatch' },
  { path: 'libs/messaging/src/kafkajs/client.adapter.ts', imported: 'kafkajs' },
];
const rules: Record<string, string> = { boundaries: '@nx/enforce-module-boundaries', imports: 'no-restricted-imports' };

/** The rules that each probe breaks. In a process of its own: ESLint loads its configuration by a dynamic import. */
function brokenBy(probes: readonly Probe[]): string[][] {
  const script = `
    import { ESLint } from 'eslint';
    const eslint = new ESLint();
    const broken = [];
    for (const { path, imported } of JSON.parse(process.argv[1])) {
      const source = "import * as probe from '" + imported + "';\\nexport const used = probe;\\n";
      const [result] = await eslint.lintText(source, { filePath: path });
      broken.push((result?.messages ?? []).map((message) => message.ruleId ?? message.message));
    }
    process.stdout.write('\\u0000' + JSON.stringify(broken));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(probes)], {
    cwd: root,
    encoding: 'utf8',
  });
  return JSON.parse(output.slice(output.lastIndexOf('\u0000') + 1));
}

describe('the import rules', () => {
  let broken: string[][];
  beforeAll(() => {
    // Without a project graph the boundary rule passes everything, so it is made first, as `npm run lint` does.
    execFileSync('npx', ['nx', 'show', 'projects'], { cwd: root, env: { ...process.env, NX_DAEMON: 'false' } });
    broken = brokenBy([...forbidden.map(([, probe]) => probe), ...allowed]);
  });

  it.each(forbidden.map(([name, , rule], index) => [name, rule, index] as const))(
    'are broken where %s',
    (_, rule, index) => {
      expect(broken[index]).toContain(rules[rule]);
    },
  );

  it.each(allowed.map((probe, index) => [probe.imported, probe.path, index] as const))(
    'let %s into %s',
    (_, __, index) => {
      expect(broken[forbidden.length + index]).toEqual([]);
    },
  );
});
