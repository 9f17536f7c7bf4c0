import { createHmac } from 'node:crypto';

export const appSecret = 'simulator-app-secret';

export const signatureOf = (body: string | Buffer): string =>
  `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;

let made = 0;

/** A delivery of so many statuses, each of another message, as Meta words it. */
export function delivery(statuses: number): string {
  return JSON.stringify({
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
              statuses: Array.from({ length: statuses }, status),
            },
          },
        ],
      },
    ],
  });
}

function status(): object {
  made++;
  return {
    id: `wamid.${process.pid}.${made}`,
    status: 'delivered',
    timestamp: String(Math.floor(Date.now() / 1_000)),
    recipient_id: String(15_550_000_000 + (made % 5_000)),
  };
}
