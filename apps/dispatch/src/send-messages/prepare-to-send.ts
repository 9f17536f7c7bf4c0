import type { CloudApi } from '@postrider/cloud-api-client';
import type { ChannelSettings } from '@postrider/event-contracts';
import type { Request } from '../message/message-events';
import type { Accounts } from './accounts';
import { post } from './post';
import type { Send } from './pump';
import type { Uploads } from './uploads';

interface SendOneDeps {
  readonly accounts: Accounts;
  readonly uploads: Pick<Uploads, 'fill'>;
  identitySecret(workspaceId: string): Promise<Uint8Array>;
}

/**
 * Gets what every POST of a sender needs, and answers with how to make one: that awaits nothing more, so that the
 * request is on its way to its connection when it returns. Never throws; where the credentials cannot be had, nothing leaves.
 */
export async function prepareToSend(
  { accounts, uploads, identitySecret: secretOf }: SendOneDeps,
  { accountId, workspaceId }: { accountId: string; workspaceId: string },
  settings: ReadonlyMap<string, ChannelSettings>,
): Promise<Send> {
  try {
    const [client, identitySecret] = await Promise.all([accounts.client(accountId), secretOf(workspaceId)]);
    if (client === undefined) {
      return () => unsent('no-credentials', 'Configuration has no credentials of this account');
    }
    return sendingBy(client, { identitySecret, uploads, settings });
  } catch (cause) {
    const title = cause instanceof Error ? cause.message : 'The credentials cannot be had';
    return () => unsent('credentials-unavailable', title);
  }
}

interface By {
  readonly identitySecret: Uint8Array;
  readonly uploads: Pick<Uploads, 'fill'>;
  readonly settings: ReadonlyMap<string, ChannelSettings>;
}

function sendingBy(client: CloudApi, { identitySecret, uploads, settings }: By): Send {
  return async ({ story, attempt }, leaving) => {
    const asked = story.requested as unknown as Request;
    // Erased since it was judged; when it is judged again, it is refused.
    if (asked.personal === undefined) return unsent('erased', 'What it says can no longer be read');
    const filled = uploads.fill(asked.personal.payload);
    if ('error' in filled) return { kind: 'rejected', error: filled.error };
    const request = { ...asked, personal: { ...asked.personal, payload: filled.payload } };
    const marketingApi = settings.get(request.data.channelId)?.marketingApi;
    return post(client, request, { attempt, earlier: story.state.attempts, identitySecret, marketingApi, leaving });
  };
}

const unsent = (code: string, title: string): ReturnType<Send> =>
  Promise.resolve({
    kind: 'not-sent',
    error: {
      code,
      title,
      action: { do: 'fix' },
      retryable: true,
      surelyRejected: true,
      remedy: 'Check that configuration can be reached and knows the account',
    },
  });
