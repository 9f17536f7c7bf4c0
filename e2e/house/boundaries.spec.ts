import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ESLint } from 'eslint';

const root = join(__dirname, '../..');

/** The rules that `source`, standing at `path`, would break. */
async function broken(path: string, source: string): Promise<string[]> {
  const [result] = await new ESLint({ cwd: root }).lintText(source, { filePath: join(root, path) });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
}

describe('the import rules', () => {
  // Without a project graph the boundary rule says nothing at all, so it is made first, as `npm run lint` does.
  beforeAll(() => {
    execFileSync('npx', ['nx', 'show', 'projects'], { cwd: root, env: { ...process.env, NX_DAEMON: 'false' } });
  });

  it.each([
    ['a service imports another service', 'apps/dispatch/src/probe.ts', '@postrider/webhooks'],
    ['a service imports the simulator', 'apps/dispatch/src/probe.ts', '@postrider/cloud-api-simulator'],
    ['a platform lib imports a service', 'libs/messaging/src/probe.ts', '@postrider/dispatch'],
    ['a pure lib imports a platform lib', 'libs/compliance/src/probe.ts', '@postrider/event-store'],
    [
      'the simulator imports what Postrider is made of',
      'apps/cloud-api-simulator/src/probe.ts',
      '@postrider/event-store',
    ],
    ['another project is reached by a relative path', 'apps/dispatch/src/probe.ts', '../../webhooks/src/index'],
  ])('are broken where %s', async (_, path, imported) => {
    expect(await broken(path, `import * as probe from '${imported}';\nexport const used = probe;\n`)).toContain(
      '@nx/enforce-module-boundaries',
    );
  });

  it.each([
    ['a pure lib imports Node', 'libs/compliance/src/probe.ts', 'node:fs'],
    ['a pure lib imports a package other than zod', 'libs/decider/src/probe.ts', 'luxon'],
    ['kafkajs is imported outside its one file', 'apps/dispatch/src/probe.ts', 'kafkajs'],
  ])('are broken where %s', async (_, path, imported) => {
    expect(await broken(path, `import * as probe from '${imported}';\nexport const used = probe;\n`)).toContain(
      'no-restricted-imports',
    );
  });

  it('are kept where a service imports pure and platform libs', async () => {
    const source = `import * as a from '@postrider/decider';\nimport * as b from '@postrider/messaging';\nexport const used = [a, b];\n`;
    expect(await broken('apps/dispatch/src/probe.ts', source)).toEqual([]);
  });
});
