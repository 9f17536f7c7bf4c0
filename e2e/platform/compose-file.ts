import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const ComposeFile = z.looseObject({
  services: z.record(
    z.string(),
    z.looseObject({
      image: z.string(),
      command: z.string().optional(),
      environment: z.record(z.string(), z.string()).default({}),
      depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default([]),
    }),
  ),
});

/** What docker-compose.yml describes. */
export type ComposeFile = z.infer<typeof ComposeFile>;

export function readComposeFile(): ComposeFile {
  const text = readFileSync(join(__dirname, '../../docker-compose.yml'), 'utf8');
  return ComposeFile.parse(parse(text, { merge: true }));
}

/** A value as the engine would give it to a container: `${NAME:-default}` and `${NAME:?message}` filled in. */
export function interpolated(value: string, variables: Readonly<Record<string, string>>): string {
  return value.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest?: string) => {
    const given = variables[name];
    if (given) return given;
    if (kind === '-') return rest ?? '';
    throw new Error(`${name} is not set: ${rest ?? ''}`);
  });
}
