import { keyring, verifyToken } from '@postrider/keys';
import { testMasterKey, testService, type TestService } from '@postrider/service-host';
import { webhooks } from '../webhooks.module';

let service: TestService;
beforeAll(async () => {
  service = await testService(webhooks);
});
afterAll(() => service.close());

const ask = (query: Record<string, string>) =>
  service.fastify.inject({ method: 'GET', url: `/webhooks/meta?${new URLSearchParams(query).toString()}` });
const token = verifyToken(keyring(Buffer.from(testMasterKey, 'base64')).derive('verify-token'), 'an-account');
const right = { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '<1158201444>' };

describe("Meta's handshake", () => {
  it('is answered with the challenge as plain text, before any account is stored', async () => {
    const answer = await ask(right);
    expect([answer.statusCode, answer.body]).toEqual([200, '<1158201444>']);
    expect(answer.headers['content-type']).toContain('text/plain');
  });

  it.each([
    ['a token of another installation', { ...right, 'hub.verify_token': 'an-account.AAAA' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    ['another mode', { ...right, 'hub.mode': 'unsubscribe' }],
  ])('with %s is 403', async (_, query) => {
    expect((await ask(query)).statusCode).toBe(403);
  });
});
