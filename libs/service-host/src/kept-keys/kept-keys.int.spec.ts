import { Fault } from '@postrider/decider';
import { ApiKeyCreated, ApiKeyRevoked, ApiKeyRotated, type EventOf, type Scope } from '@postrider/event-contracts';
import { hashOfSecret, newApiSecret } from '@postrider/keys';
import { eventually } from '@postrider/test-backends';
import { v7 } from 'uuid';
import { defaultWorkspaceId } from '../http/api-keys';
import { noteService } from '../testing/note-service';
import { testService, type TestService } from '../testing/test-service';

describe('a key that configuration made', () => {
  let service: TestService;
  let reachable = true;
  beforeAll(async () => {
    service = await testService(noteService(), {
      internal: {
        head: (source) => {
          if (reachable) return service.logs.get(source)!.heads();
          const fault = { code: 'unavailable', message: 'down', publicText: 'Not now.', retryable: true };
          return Promise.reject(new Fault(fault));
        },
      },
    });
  });
  afterAll(() => service.close());

  const tell = (event: EventOf<typeof ApiKeyCreated | typeof ApiKeyRotated | typeof ApiKeyRevoked>) =>
    service.logs.get('configuration')!.append([
      {
        streamId: event.data.keyId,
        orderingKey: event.data.keyId,
        expectedVersion: 'any',
        events: [{ ...event, at: service.clock.now() }],
        meta: { workspaceId: defaultWorkspaceId, actor: 'spec', correlationId: 'spec', aliasKeys: [] },
      },
    ]);
  const given = async (scopes: Scope[]) => {
    const [keyId, secret] = [v7(), newApiSecret()];
    await tell(ApiKeyCreated.of({ keyId, name: 'spec', scopes, secretHash: hashOfSecret(secret) }));
    return { keyId, secret };
  };
  const list = async (secret: string) =>
    (await service.ask('GET', '/v1/notes', undefined, { authorization: `Bearer ${secret}` })).status;

  it('lets in at once at any service, for its scopes alone', async () => {
    expect(await list((await given(['read'])).secret)).toBe(200);
    expect(await list((await given(['send'])).secret)).toBe(403);
  });

  it('lets nobody in once its revocation was heard', async () => {
    const { keyId, secret } = await given(['read']);
    expect(await list(secret)).toBe(200);
    await tell(ApiKeyRevoked.of({ keyId }));
    await eventually(async () => expect(await list(secret)).toBe(401), { withinMs: 2_000 });
  });

  it('lets in by both secrets during an overlap, and by the new one afterwards', async () => {
    const { keyId, secret } = await given(['read']);
    const next = newApiSecret();
    const previousUntil = new Date(service.clock.now().getTime() + 60_000).toISOString();
    await tell(ApiKeyRotated.of({ keyId, secretHash: hashOfSecret(next), previousUntil }));
    expect([await list(next), await list(secret)]).toEqual([200, 200]);
    service.clock.advance(60_000);
    expect([await list(next), await list(secret)]).toEqual([200, 401]);
  });

  it('is not called unknown while configuration cannot be asked', async () => {
    const { secret } = await given(['read']);
    expect(await list(secret)).toBe(200);
    reachable = false;
    expect([await list(newApiSecret()), await list(secret), await list('nonsense')]).toEqual([503, 200, 401]);
    reachable = true;
    expect(await list(newApiSecret())).toBe(401);
  });

  it('lets in while the copy is rebuilt, and afterwards', async () => {
    const { secret } = await given(['read']);
    expect(await list(secret)).toBe(200);
    const { body } = await service.ask('POST', '/v1/operations/projections/templates:api-keys/rebuild');
    await eventually(
      async () => {
        expect(await list(secret)).toBe(200);
        expect((await service.ask('GET', `/v1/operations/${body.id}`)).body.state).toBe('done');
      },
      { withinMs: 10_000 },
    );
    const { rows } = await service.host.pool.query<{ keys: number }>('select count(*)::int as keys from kept_key');
    expect(rows[0]?.keys).toBeGreaterThan(0);
  });

  it('is asked after by configuration for its last use', async () => {
    const { keyId, secret } = await given(['read']);
    await list(secret);
    const own = { authorization: `Bearer ${service.host.keys.internalToken}` };
    const { body } = await service.ask('GET', '/internal/api-key-uses', undefined, own);
    expect(body[keyId]).toBe(service.clock.now().toISOString());
  });
});
