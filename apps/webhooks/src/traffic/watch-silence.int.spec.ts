import { testClock, testService, type TestService } from '@postrider/service-host';
import { derivedId } from '@postrider/keys';
import { StatusReported } from '@postrider/event-contracts';
import { webhooks } from '../webhooks.module';
import { watchSilence } from './watch-silence';

const clock = testClock('2026-11-22T10:05:00Z');
let service: TestService;
beforeAll(async () => {
  service = await testService(webhooks, { clock });
});
afterAll(() => service.close());

const look = () => {
  const { pool, log, readers } = service.host;
  return watchSilence({ pool, clock, log, readers }).look();
};
async function heardAt(at: string, senderId: string): Promise<void> {
  const place = { conversationId: senderId, accountId: senderId, senderId, wabaId: '1', phoneNumberId: '300' };
  const event = StatusReported.of({ ...place, happenedAt: at, wamid: `wamid.${at}`, status: 'sent' }, {});
  await service.log.append([
    {
      streamId: senderId,
      expectedVersion: 'any',
      orderingKey: senderId,
      events: [{ ...event, at: new Date(at) }],
      meta: { workspaceId: service.workspaceId, actor: 'meta', correlationId: 'test', aliasKeys: [] },
    },
  ]);
}
const alarmsOf = async (senderId: string) =>
  (await service.log.readStream(derivedId.alarm(service.workspaceId, 'webhooks', `silence:${senderId}`))).map(
    ({ type }) => type,
  );
const days = (count: number) => Array.from({ length: count }, (_, index) => `2026-11-${21 - index}T09:30:00Z`);

it('a number with traffic at this hour of each of seven days is missed after an hour, once, until it is heard again', async () => {
  const senderId = derivedId.fact('a busy number');
  for (const at of days(7)) await heardAt(at, senderId);
  await look();
  await look();
  expect(await alarmsOf(senderId)).toEqual(['AlarmRaised']);
  await heardAt('2026-11-22T10:01:00Z', senderId);
  await look();
  expect(await alarmsOf(senderId)).toEqual(['AlarmRaised', 'AlarmCleared']);
});

it.each([
  ['that was quiet at this hour on one of the days', days(6)],
  ['that was heard within the hour', [...days(7), '2026-11-22T09:10:00Z']],
  ['with traffic at another hour only', days(7).map((at) => at.replace('09:30', '04:30'))],
])('a number %s is not missed', async (name, times) => {
  const senderId = derivedId.fact(name);
  for (const at of times) await heardAt(at, senderId);
  await look();
  expect(await alarmsOf(senderId)).toEqual([]);
});
