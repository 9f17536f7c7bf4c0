import { testService } from '@postrider/service-host';
import { journeys } from './journeys.module';

it('migrations and entities agree', async () => {
  const service = await testService(journeys);
  const drift = await service.host.database.driver.createSchemaBuilder().log();
  expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
  await service.close();
});
