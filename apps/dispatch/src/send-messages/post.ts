import type { CloudApi, SendOutcome, SendPayload } from '@postrider/cloud-api-client';
import { callbackToken } from '@postrider/keys';
import type { Request } from '../message/message-events';

/** Makes the one POST of an attempt. Never throws: whatever happens is an outcome. */
export async function post(
  client: CloudApi,
  request: Request,
  { attempt, identitySecret }: { attempt: number; identitySecret: Uint8Array },
): Promise<SendOutcome> {
  const { to, payload } = request.personal!;
  const { messageId, phoneNumberId } = request.data;
  const body = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...(to.phone === undefined ? { recipient: to.userId } : { to: to.phone }),
    ...payload,
    biz_opaque_callback_data: callbackToken(identitySecret, { messageId, attempt }),
  };
  try {
    // It was parsed when it was taken on.
    return await client.messages.send(phoneNumberId, body as unknown as SendPayload, { check: false });
  } catch (cause) {
    return { kind: 'unknown', error: defect(cause) };
  }
}

function defect(cause: unknown): Extract<SendOutcome, { kind: 'unknown' }>['error'] {
  return {
    code: 'client-defect',
    title: cause instanceof Error ? cause.name : 'The client failed',
    action: { do: 'fail' },
    retryable: false,
    surelyRejected: false,
    remedy: 'See the log',
  };
}
