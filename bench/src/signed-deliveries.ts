import { createHash, createHmac } from 'node:crypto';
import { callbackToken } from '@postrider/keys';
import { defaultWorkspaceId } from '@postrider/service-host';

export const appSecret = 'simulator-app-secret';
/** As the services under measurement, which have no configuration beside them, make it of the workspace. */
export const identitySecret = createHash('sha256').update(`identity:${defaultWorkspaceId}`).digest();

export const signatureOf = (body: string | Buffer): string =>
  `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;

/** A delivery as Meta words it. */
const bodyOf = (value: object): string =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '2000000000000001',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550100001', phone_number_id: '3000000000000001' },
              ...value,
            },
          },
        ],
      },
    ],
  });

const nowSeconds = (): string => String(Math.floor(Date.now() / 1_000));
export const recipientOf = (place: number): string => String(15_550_000_000 + (place % 5_000));

let made = 0;

/** A delivery of so many statuses, each of another message that nobody knows. */
export function delivery(statuses: number): string {
  return bodyOf({ statuses: Array.from({ length: statuses }, strange) });
}

function strange(): object {
  made++;
  const id = `wamid.${process.pid}.${made}`;
  return { id, status: 'delivered', timestamp: nowSeconds(), recipient_id: recipientOf(made) };
}

export const messageIdOf = (place: number): string => `01930000-0000-7000-8000-${String(place).padStart(12, '0')}`;

/** Messages whose updates are under way at the same time. */
const underWay = 200;
const steps = ['sent', 'delivered', 'read', 'answer'] as const;

/**
 * What Meta tells of known messages, one update after the other: each is sent, delivered and read, and then answered.
 * Counted from the first message; updates of `underWay` messages are mixed.
 */
export function talk(): { delivery(updates: number): string } {
  let told = 0;
  const update = (): { statuses?: object; messages?: object } => {
    const place = Math.floor(told / (underWay * steps.length)) * underWay + (told % underWay);
    const step = steps[Math.floor(told / underWay) % steps.length]!;
    told++;
    const [messageId, phone, timestamp] = [messageIdOf(place), recipientOf(place), nowSeconds()];
    if (step === 'answer')
      return {
        messages: { from: phone, id: `wamid.in.${place}`, timestamp, type: 'text', text: { body: 'Thank you' } },
      };
    const token = callbackToken(identitySecret, { messageId, attempt: 1 });
    const common = { id: `wamid.${messageId}`, status: step, timestamp, recipient_id: phone };
    return { statuses: { ...common, biz_opaque_callback_data: token } };
  };
  return {
    delivery(updates) {
      const all = Array.from({ length: updates }, update);
      return bodyOf({
        statuses: all.flatMap(({ statuses = [] }) => statuses),
        messages: all.flatMap(({ messages = [] }) => messages),
      });
    },
  };
}
