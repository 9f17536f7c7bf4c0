import { startSimulator } from '@postrider/cloud-api-simulator';
import { setUp } from '../testing/set-up';

describe("configuration's tables", () => {
  it('are what the migrations make', async () => {
    const made = await setUp(startSimulator);
    try {
      const { database } = made.service.host;
      const changes = await database.driver.createSchemaBuilder().log();
      expect(changes.upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await made.close();
    }
  });
});
