import { Agent, request } from 'undici';
import { signatureOf } from './signed-deliveries';

/** Posts what `bodyOf` makes, signed, and resolves once it was answered 200. */
export function poster(url: string, connections: number, bodyOf: () => string) {
  const agent = new Agent({ connections });
  return {
    async post(): Promise<void> {
      const body = bodyOf();
      const { statusCode, body: answer } = await request(url, {
        method: 'POST',
        body,
        dispatcher: agent,
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body) },
      });
      await answer.dump();
      if (statusCode !== 200) throw new Error(`the webhook answered ${statusCode}`);
    },
    close: () => agent.close(),
  };
}
