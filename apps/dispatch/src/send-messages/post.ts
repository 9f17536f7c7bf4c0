import type { CloudApi, MarketingPayload, SendOutcome, SendPayload } from '@postrider/cloud-api-client';
import type { ChannelSettings } from '@postrider/event-contracts';
import { callbackToken } from '@postrider/keys';
import type { Attempt } from '../message/message.decider';
import type { Request } from '../message/message-events';

export interface Posting {
  readonly attempt: number;
  readonly earlier: readonly Attempt[];
  readonly identitySecret: Uint8Array;
  readonly marketingApi: ChannelSettings['marketingApi'];
  /** Called as the request is about to be written. */
  leaving?(): void;
}

/** Makes the one POST of an attempt. Never throws: whatever happens is an outcome. */
export async function post(client: CloudApi, request: Request, posting: Posting): Promise<SendOutcome> {
  const { messageId, phoneNumberId } = request.data;
  const { attempt, identitySecret, leaving } = posting;
  const { to, payload } = request.personal!;
  const body = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...(to.phone === undefined ? { recipient: to.userId } : { to: to.phone }),
    ...payload,
    biz_opaque_callback_data: callbackToken(identitySecret, { messageId, attempt }),
  };
  // It was parsed when it was taken on.
  const options = { check: false, ...(leaving === undefined ? {} : { onLeaving: leaving }) };
  try {
    if (!goesByMarketingApi(request, posting)) {
      return await client.messages.send(phoneNumberId, body as unknown as SendPayload, options);
    }
    const product_policy = posting.marketingApi === 'strict' ? 'STRICT' : 'CLOUD_API_FALLBACK';
    const marketing = { ...body, product_policy } as unknown as MarketingPayload;
    const outcome = await client.marketingMessages.send(phoneNumberId, marketing, options);
    return posting.marketingApi === 'with-fallback' ? leavingTheRoad(outcome) : outcome;
  } catch (cause) {
    return { kind: 'unknown', error: defect(cause) };
  }
}

/**
 * By what name the Marketing Messages API says that it does not take this template, or this account, at all:
 * 131055 and 134100 to 134102, and 10 where the account is not on board.
 */
const offTheRoad: ReadonlySet<string> = new Set([
  'method-not-allowed',
  'not-marketing',
  'template-syncing',
  'template-not-onboarded',
  'permission-denied',
]);

/** Marketing templates alone do, and one that was turned away there goes by the Cloud API. */
export function goesByMarketingApi({ data }: Request, { marketingApi = 'off', earlier }: Posting): boolean {
  if (marketingApi === 'off' || data.content.template?.category !== 'MARKETING') return false;
  return (
    marketingApi === 'strict' || !earlier.some(({ errorCode }) => errorCode !== undefined && offTheRoad.has(errorCode))
  );
}

/** What was turned away for the road it took is tried again at once, by the other. */
function leavingTheRoad(outcome: SendOutcome): SendOutcome {
  if (outcome.kind !== 'rejected' || !offTheRoad.has(outcome.error.code)) return outcome;
  const backoff = { firstMs: 0, factor: 1, maxMs: 0, triesMax: 1 };
  return { ...outcome, error: { ...outcome.error, action: { do: 'retry', backoff }, retryable: true } };
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
