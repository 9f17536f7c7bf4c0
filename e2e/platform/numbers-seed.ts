import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A seed file for the simulator: one account with so many numbers, 3000000000000001 and on, each as fast as this. */
export function numbersSeed(count: number, throughputPerSecond: number): string {
  const wabaId = '2000000000000001';
  const portfolioId = '1500000000000001';
  const numbers = Array.from({ length: count }, (_, index) => ({
    id: `${3_000_000_000_000_001 + index}`,
    wabaId,
    displayPhoneNumber: `+1 555 010 ${String(index + 1).padStart(4, '0')}`,
    verifiedName: 'Demo Business',
    throughputPerSecond,
  }));
  const seed = {
    apps: [{ id: '1000000000000001', name: 'Simulator App', secret: 'simulator-app-secret' }],
    tokens: [{ token: 'simulator-token', appId: '1000000000000001', portfolioIds: [portfolioId] }],
    portfolios: [{ id: portfolioId, name: 'Demo Portfolio', messagingLimit: 'unlimited' }],
    accounts: [{ id: wabaId, name: 'Demo Business', portfolioId }],
    numbers,
    templates: [
      {
        id: '4000000000000002',
        wabaId,
        name: 'order_update',
        language: 'en_US',
        category: 'UTILITY',
        components: [
          {
            type: 'BODY',
            text: 'Hello {{1}}, your order {{2}} is on its way and will arrive soon.',
            example: { body_text: [['Ada', 'A-1001']] },
          },
        ],
      },
    ],
  };
  const path = join(mkdtempSync(join(tmpdir(), 'postrider-seed-')), 'seed.json');
  writeFileSync(path, JSON.stringify(seed));
  return path;
}
