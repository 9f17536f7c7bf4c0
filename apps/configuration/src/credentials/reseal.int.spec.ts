import { startSimulator } from '@postrider/cloud-api-simulator';
import { keyring } from '@postrider/keys';
import { testMasterKey } from '@postrider/service-host';
import { eventually, testPostgres } from '@postrider/test-backends';
import { connected, setUp, type SetUp } from '../testing/set-up';

const nextMasterKey = Buffer.alloc(32, 8).toString('base64');
const nextKeys = keyring(Buffer.from(nextMasterKey, 'base64'));

describe('a restart with a new master key', () => {
  let databaseUrl: string;
  let accountId: string;
  let identity: string;
  const start = (env: Record<string, string>): Promise<SetUp> => setUp(startSimulator, { databaseUrl, env });
  const internal = async (made: SetUp, path: string): Promise<Record<string, string>> => {
    const headers = { authorization: `Bearer ${made.service.host.keys.internalToken}` };
    return (await made.service.ask('GET', `/internal/${path}`, undefined, headers)).body;
  };
  const identityPath = ({ service }: SetUp): string => `identity-secret/${service.workspaceId}`;
  const boxes = async ({ service }: SetUp): Promise<Buffer[]> => {
    const text = 'select sealed from credentials union all select sealed from identity_secret';
    return (await service.host.pool.query<{ sealed: Buffer }>(text)).rows.map(({ sealed }) => sealed);
  };
  const underNextKey = (box: Buffer): boolean => box.subarray(0, 5).equals(nextKeys.boxPrefix);

  beforeAll(async () => {
    databaseUrl = await (await testPostgres()).newDatabase('configuration');
    const made = await start({});
    accountId = (await connected(made)).id;
    identity = (await internal(made, identityPath(made)))['secret']!;
    await made.close();
  });

  it('alone raises an alarm about what it cannot open, and spoils nothing', async () => {
    const made = await start({ POSTRIDER_MASTER_KEY: nextMasterKey });
    await eventually(
      async () => {
        const { log } = made.service;
        const shards = await Promise.all([...Array(log.shards).keys()].map((shard) => log.readShard(shard, 0, 1_000)));
        const raised = shards.flat().find(({ data }) => (data as { kind?: string }).kind === 'master-key-missing');
        expect(raised?.data).toMatchObject({ severity: 'critical', text: expect.stringMatching(/^2 secrets /) });
      },
      { withinMs: 5_000 },
    );
    await made.close();
  });

  it('beside the one before opens everything, and seals it anew in the background', async () => {
    const made = await start({ POSTRIDER_MASTER_KEY: nextMasterKey, POSTRIDER_MASTER_KEY_PREVIOUS: testMasterKey });
    expect((await internal(made, `credentials/${accountId}`))['accessToken']).toBe('simulator-token');
    await eventually(async () => expect((await boxes(made)).map(underNextKey)).toEqual([true, true]), {
      withinMs: 5_000,
    });
    const before = { authorization: `Bearer ${keyring(Buffer.from(testMasterKey, 'base64')).internalToken}` };
    expect((await made.service.ask('GET', '/internal/head', undefined, before)).status).toBe(200);
    await made.close();
  });

  it('needs the one before no more afterwards', async () => {
    const made = await start({ POSTRIDER_MASTER_KEY: nextMasterKey });
    expect((await internal(made, `credentials/${accountId}`))['accessToken']).toBe('simulator-token');
    expect((await internal(made, identityPath(made)))['secret']).toBe(identity);
    await made.close();
  });
});
