import { keyring, readVerifyToken } from '@postrider/keys';
import { testClock, testMasterKey, testService, type TestService } from '@postrider/service-host';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { configuration } from '../configuration.module';

export const appId = '1000000000000001';
export const wabaId = '2000000000000001';
const portfolioIds = ['1500000000000001'];
const scopes = ['whatsapp_business_messaging', 'whatsapp_business_management', 'business_management'];

/** Two numbers in a portfolio, and tokens of every kind that an operator may bring. */
const seed = {
  apps: [
    { id: appId, name: 'Jasper App', secret: 'simulator-app-secret' },
    { id: '1000000000000002', name: 'Other App', secret: 'other-app-secret' },
  ],
  tokens: [
    { token: 'simulator-token', appId, portfolioIds },
    { token: 'second-token', appId, portfolioIds },
    { token: 'expired-token', appId, portfolioIds, expiresAt: '2020-01-01T00:00:00Z' },
    // Within the notice of 14 days, by the clock of the specs.
    { token: 'ending-token', appId, portfolioIds, expiresAt: '2026-01-20T00:00:00Z' },
    { token: 'no-messaging-token', appId, portfolioIds, scopes: scopes.slice(1) },
    { token: 'no-portfolio-token', appId, portfolioIds, scopes: scopes.slice(0, 2) },
    { token: 'elsewhere-token', appId, portfolioIds: ['1500000000000002'] },
  ],
  portfolios: [
    { id: '1500000000000001', name: 'Jasper Holding', messagingLimit: 2000 },
    { id: '1500000000000002', name: 'Small Portfolio', messagingLimit: 250 },
  ],
  accounts: [{ id: wabaId, name: 'Jasper', portfolioId: '1500000000000001' }],
  numbers: [
    {
      id: '3000000000000001',
      wabaId,
      displayPhoneNumber: '+1 555-010-0001',
      verifiedName: 'Jasper',
      throughputPerSecond: 1_000,
    },
    { id: '3000000000000002', wabaId, displayPhoneNumber: '+1 555-010-0002', verifiedName: 'Jasper Support' },
  ],
  templates: [],
};

/** How the simulator is started; specs alone may know it. */
export type StartSimulator = (options: {
  port: number;
  seed: typeof seed;
  clock: () => number;
}) => Promise<RunningSimulator>;
interface RunningSimulator {
  readonly url: string;
  close(): Promise<void>;
}

export interface SetUp {
  readonly service: TestService;
  readonly simulator: RunningSimulator;
  /** The accounts whose verify tokens were asked for at our webhook address. */
  readonly handshakes: string[];
  /** The body of a connection that works. */
  readonly connection: Record<string, string>;
  close(): Promise<void>;
}

/** Configuration on a real Postgres, with the simulator for Meta and an address that answers handshakes. */
export async function setUp(
  startSimulator: StartSimulator,
  surroundings: NonNullable<Parameters<typeof testService>[1]> = {},
): Promise<SetUp> {
  const clock = testClock();
  const simulator = await startSimulator({ port: 0, seed, clock: () => clock.now().getTime() });
  const handshakes: string[] = [];
  const key = keyring(Buffer.from(surroundings.env?.POSTRIDER_MASTER_KEY ?? testMasterKey, 'base64')).derive(
    'verify-token',
  );
  const webhooks = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://x').searchParams;
    const account = readVerifyToken(key, asked.get('hub.verify_token') ?? '');
    if (account === undefined) return response.writeHead(403).end();
    handshakes.push(account);
    return response.end(asked.get('hub.challenge') ?? '');
  });
  await new Promise<void>((resolve) => webhooks.listen(0, '127.0.0.1', resolve));
  const publicUrl = `http://127.0.0.1:${(webhooks.address() as AddressInfo).port}`;
  const env = { POSTRIDER_PUBLIC_URL: publicUrl, ...surroundings.env };
  const service = await testService(configuration, { clock, ...surroundings, env });
  return {
    service,
    simulator,
    handshakes,
    connection: {
      name: 'jasper',
      wabaId,
      accessToken: 'simulator-token',
      appId,
      appSecret: 'simulator-app-secret',
      graphUrl: simulator.url,
    },
    async close() {
      await service.close();
      await simulator.close();
      await new Promise((resolve) => webhooks.close(resolve));
    },
  };
}

/** Connects the account and gives the answer's body. */
export async function connected({ service, connection }: SetUp) {
  const { status, body } = await service.ask('POST', '/v1/business-accounts', connection);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body as { id: string; senders: { id: string; phoneNumberId: string }[] };
}
