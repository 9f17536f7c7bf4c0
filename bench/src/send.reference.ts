import { Pool } from 'undici';
import { firstNumber, phoneOf } from './small-shop';

/** A bare loop: posts the same messages to the same simulator over so many connections, and stores nothing. */
export async function postAll(metaUrl: string, count: number, connections = 64): Promise<number> {
  const pool = new Pool(metaUrl, { connections });
  let next = 0;
  const began = performance.now();
  const posting = Array.from({ length: connections }, async () => {
    while (next < count) {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: `/v24.0/${firstNumber}/messages`,
        headers: { authorization: 'Bearer simulator-token', 'content-type': 'application/json' },
        body: JSON.stringify(message(next++)),
      });
      await body.dump();
      if (statusCode !== 200) throw new Error(`the simulator answered ${statusCode}`);
    }
  });
  await Promise.all(posting);
  const perSecond = (count * 1_000) / (performance.now() - began);
  await pool.close();
  return perSecond;
}

function message(place: number): object {
  const parameters = ['Ana', `A-${place}`].map((text) => ({ type: 'text', text }));
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: phoneOf(90_000_000 + place),
    type: 'template',
    biz_opaque_callback_data: 'x'.repeat(60),
    template: { name: 'order_update', language: { code: 'en_US' }, components: [{ type: 'body', parameters }] },
  };
}
