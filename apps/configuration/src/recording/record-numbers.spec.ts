import { fold } from '@postrider/decider';
import { MessagingLimitChanged, SenderQualityChanged, SenderStatusChanged } from '@postrider/event-contracts';
import { memoryLog } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import { changing, ownDoing } from '@postrider/service-host';
import { v7 } from 'uuid';
import { MetaSaidNo, type PhoneNumberFacts } from '../meta/account-at-meta';
import { messagingLimit } from '../meta/limits';
import type { Look } from '../meta/look';
import { portfolio, type PortfolioEvent } from '../portfolio/portfolio.decider';
import { sender, type SenderEvent } from '../sender/sender.decider';
import { recordNumbers } from './record-numbers';

const workspaceId = '01900000-0000-7000-8000-000000000001';
const by = ownDoing('configuration', workspaceId, 'spec');
const account = { accountId: v7(), wabaId: '2', portfolioId: '1' };
const senderId = derivedId.sender(workspaceId, '3');
const portfolioStream = derivedId.portfolio(workspaceId, '1');
const number = (facts: Partial<PhoneNumberFacts> = {}): PhoneNumberFacts => ({
  ...{ phoneNumberId: '3', displayPhoneNumber: '+1 555', verifiedName: 'Jasper', status: 'CONNECTED' },
  ...{ quality: 'GREEN', throughputPerSecond: 80, messagingLimitTier: 'TIER_2K' },
  ...facts,
});
const lookAt = (...numbers: PhoneNumberFacts[]): Look => ({
  token: { said: { valid: true, scopes: [], targets: {} } },
  secret: { said: undefined },
  account: { said: { wabaId: '2', portfolio: { id: '1', name: 'Jasper Holding' } } },
  numbers: { said: numbers },
});

function opened() {
  const log = memoryLog({ service: 'configuration' });
  const clock = { now: () => new Date(), monotonicMs: () => performance.now() };
  const readers = { reached: () => Promise.resolve(true), caughtUp: () => Promise.resolve(true) };
  const changes = changing({ service: 'configuration', log, clock, readers, shownBy: 'configuration:configured' });
  const asked: string[] = [];
  const record = (seen: PhoneNumberFacts, now: () => PhoneNumberFacts | Promise<PhoneNumberFacts>) =>
    recordNumbers(changes, by, account, {
      look: lookAt(seen),
      meta: {
        async phoneNumbers(wabaId) {
          asked.push(wabaId);
          return [await now()];
        },
      },
    });
  return {
    ...{ asked, record },
    tell: (...events: SenderEvent[]) => changes.change(by, senderId, sender, () => events),
    tellPortfolio: (...events: PortfolioEvent[]) => changes.change(by, portfolioStream, portfolio, () => events),
    known: async () => fold(sender, (await log.readStream(senderId)) as unknown as SenderEvent[]),
    limit: async () => fold(portfolio, (await log.readStream(portfolioStream)) as unknown as PortfolioEvent[])?.limit,
  };
}

it('takes up numbers and their portfolio as they were first seen, and asks no second time for what is the same', async () => {
  const { record, known, limit, asked } = opened();
  for (let times = 0; times < 2; times++) await record(number(), () => number({ quality: 'RED' }));
  expect(await known()).toMatchObject({ quality: 'GREEN', status: 'CONNECTED' });
  expect(await limit()).toBe(2_000);
  expect(asked).toEqual([]);
});

it('does not undo what a webhook told between the look and the decision', async () => {
  const { record, tell, tellPortfolio, known, limit } = opened();
  await record(number(), () => number());
  await tell(SenderStatusChanged.of({ senderId, status: 'FLAGGED', previous: 'CONNECTED' }));
  await tellPortfolio(MessagingLimitChanged.of({ portfolioId: '1', ...messagingLimit('TIER_100K')! }));
  await record(number(), () => number({ status: 'FLAGGED', messagingLimitTier: 'TIER_100K' }));
  expect(await known()).toMatchObject({ status: 'FLAGGED' });
  expect(await limit()).toBe(100_000);
});

it('asks once more where a webhook told something while Meta was asked', async () => {
  const { record, tell, known, asked } = opened();
  await record(number(), () => number());
  await record(number({ quality: 'YELLOW' }), async () => {
    if (asked.length > 1) return number({ quality: 'RED' });
    await tell(SenderQualityChanged.of({ senderId, quality: 'RED', previous: 'GREEN' }));
    return number({ quality: 'YELLOW' });
  });
  expect(await known()).toMatchObject({ quality: 'RED' });
  expect(asked).toHaveLength(2);
});

it('leaves what is known as it is where Meta shows the numbers no more', async () => {
  const { record, known } = opened();
  await record(number(), () => number());
  await record(number({ quality: 'RED' }), () => Promise.reject(new MetaSaidNo(190, 'the token has ended')));
  expect(await known()).toMatchObject({ quality: 'GREEN' });
});
