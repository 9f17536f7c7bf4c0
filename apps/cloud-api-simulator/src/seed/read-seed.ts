import { readFileSync } from 'node:fs';
import { seedShape, type Seed } from './seed-shape';

/** The seed in a file; one line that says what is wrong when it is not one. */
export function readSeed(path: string): Seed {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`The seed ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = seedShape.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`The seed ${path} is wrong at ${issue?.path.join('.') || '(top)'}: ${issue?.message ?? 'invalid'}`);
}
