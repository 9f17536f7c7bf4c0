import { startSimulator } from '@postrider/cloud-api-simulator';
import { installationKey, type ApiKeys } from '@postrider/service-host';
import { setUp, type SetUp } from '../testing/set-up';

const key = 'a-key-of-all-scopes';
const otherWorkspace = '0198b7a0-0000-7000-8000-0000000000aa';
/** Keys of two workspaces: the default one, and another. */
const apiKeys: ApiKeys = {
  async find(secret) {
    const found = await installationKey(key).find(secret.replace(/^other-/, ''));
    return found && secret.startsWith('other-') ? { ...found, workspaceId: otherWorkspace } : found;
  },
};

describe('one account asked for by two workspaces', () => {
  let made: SetUp;
  beforeAll(async () => {
    made = await setUp(startSimulator, { runtime: { apiKeys } });
  });
  afterAll(() => made.close());
  const connect = (secret: string) =>
    made.service.ask('POST', '/v1/business-accounts', made.connection, { authorization: `Bearer ${secret}` });

  it('belongs to the one that was first; the other learns why', async () => {
    const both = await Promise.all([connect(key), connect(`other-${key}`)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = both.find(({ status }) => status === 409)!;
    expect(refused.body).toMatchObject({ code: 'conflict', detail: expect.stringContaining('another workspace') });
    const { rows } = await made.service.host.pool.query('select distinct workspace_id from credentials');
    expect(rows).toHaveLength(1);
  });
});
