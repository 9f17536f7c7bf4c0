import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoSeed } from '@postrider/cloud-api-simulator';
import { runFolder } from '@postrider/test-backends';

/** A seed file: the simulator's own, but with so many numbers, 3000000000000001 and on, each as fast as this. */
export function numbersSeed(count: number, throughputPerSecond: number): string {
  const numbers = Array.from({ length: count }, (_, index) => ({
    id: `${3_000_000_000_000_001 + index}`,
    wabaId: '2000000000000001',
    displayPhoneNumber: `+1 555 010 ${String(index + 1).padStart(4, '0')}`,
    verifiedName: 'Demo Business',
    throughputPerSecond,
  }));
  const path = join(mkdtempSync(join(runFolder(), 'seed-')), 'seed.json');
  writeFileSync(path, JSON.stringify({ ...demoSeed, numbers }));
  return path;
}
