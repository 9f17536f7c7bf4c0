import { startSimulator } from '@postrider/cloud-api-simulator';
import { eventually } from '@postrider/test-backends';
import { setUp } from '../testing/set-up';

const wabaId = '2000000000000001';
const portfolioIds = ['1500000000000001'];
const appId = '1000000000000001';
const text = 'Your order has left our house and will arrive soon.';
/** More than any page that Meta gives. */
const many = 1_200;

const seed = {
  apps: [{ id: appId, name: 'Jasper App', secret: 'simulator-app-secret' }],
  tokens: [{ token: 'simulator-token', appId, portfolioIds }],
  portfolios: [{ id: '1500000000000001', name: 'Jasper Holding', messagingLimit: 2000 }],
  accounts: [{ id: wabaId, name: 'Jasper', portfolioId: '1500000000000001' }],
  numbers: [],
  templates: [...Array(many).keys()].map((index) => ({
    ...{ wabaId, name: `template_${index}`, language: 'en_US', category: 'UTILITY' as const },
    components: [{ type: 'BODY', text }],
  })),
};

describe('a sync', () => {
  it(`takes in ${many} templates, and finds nothing new the next time`, async () => {
    const made = await setUp((options) => startSimulator({ ...options, seed }));
    try {
      await made.connect();
      const sync = async () => (await made.service.ask('POST', '/v1/templates/sync')).body.data;
      // Beside it the reaction to the connection does the same; together they must discover each template once.
      const [{ seen }] = await eventually(async () => {
        const data = await sync();
        return data.length === 1 && data;
      });
      expect(seen).toBe(many);
      expect((await sync())[0]).toMatchObject({ seen: many, changed: 0 });
      const heads = await made.service.log.heads();
      expect(heads.reduce((sum, head) => sum + head, 0)).toBe(many);
      const page = await made.service.ask('GET', '/v1/templates?limit=500');
      expect(page.body.data).toHaveLength(500);
    } finally {
      await made.close();
    }
  });
});
