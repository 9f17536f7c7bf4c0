import type { ChannelSettings } from '@postrider/event-contracts';
import type { Request } from '../message/message-events';
import type { Accounts } from './accounts';
import { post } from './post';
import type { Ready } from './pump';
import type { Uploads } from './uploads';

interface SendOneDeps {
  readonly accounts: Accounts;
  readonly uploads: Pick<Uploads, 'fill'>;
  identitySecret(workspaceId: string): Promise<Uint8Array>;
}

/** Sends one attempt with the account's credentials. Never throws; where they cannot be had, nothing has left. */
export async function sendOne(
  { accounts, uploads, identitySecret }: SendOneDeps,
  { accountId, workspaceId }: { accountId: string; workspaceId: string },
  { story, attempt }: Ready,
  settings: ReadonlyMap<string, ChannelSettings>,
): ReturnType<typeof post> {
  const asked = story.requested as unknown as Request;
  const filled = uploads.fill(asked.personal!.payload);
  if ('error' in filled) return { kind: 'rejected', error: filled.error };
  const request = { ...asked, personal: { ...asked.personal!, payload: filled.payload } };
  try {
    const [client, secret] = await Promise.all([accounts.client(accountId), identitySecret(workspaceId)]);
    if (client === undefined) return unsent('no-credentials', 'Configuration has no credentials of this account');
    const marketingApi = settings.get(request.data.channelId)?.marketingApi;
    return await post(client, request, {
      attempt,
      earlier: story.state.attempts,
      identitySecret: secret,
      marketingApi,
    });
  } catch (cause) {
    // `post` does not throw, so nothing has left.
    return unsent('credentials-unavailable', cause instanceof Error ? cause.message : 'The credentials cannot be had');
  }
}

const unsent = (code: string, title: string) =>
  ({
    kind: 'not-sent',
    error: {
      code,
      title,
      action: { do: 'fix' },
      retryable: true,
      surelyRejected: true,
      remedy: 'Check that configuration can be reached and knows the account',
    },
  }) as const;
