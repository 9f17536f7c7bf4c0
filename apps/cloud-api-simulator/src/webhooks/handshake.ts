import { randomInt } from 'node:crypto';
import { GraphError } from '../graph/graph-error';

/** Asks the address for the challenge at once, as Meta does whenever a callback is set; refuses when it does not echo it. */
export async function handshake(url: string, verifyToken: string): Promise<void> {
  if (!/^https?:\/\/\S+$/.test(url))
    throw new GraphError(100, { message: '(#100) Param override_callback_uri must be a valid URI' });
  const challenge = String(randomInt(100_000_000, 2_000_000_000));
  const address = new URL(url);
  address.searchParams.set('hub.mode', 'subscribe');
  address.searchParams.set('hub.challenge', challenge);
  address.searchParams.set('hub.verify_token', verifyToken);
  let answer: { status: number; text: string; reason: string };
  try {
    const response = await fetch(address, {
      signal: AbortSignal.timeout(10_000),
      headers: { 'user-agent': 'facebookplatform/1.0' },
    });
    answer = { status: response.status, reason: response.statusText, text: await response.text() };
  } catch (error) {
    throw refused(
      `curl_error = ${error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : String(error)}`,
    );
  }
  if (answer.status !== 200) throw refused(`HTTP Status Code = ${answer.status}; HTTP Message = ${answer.reason}`);
  if (answer.text !== challenge) throw refused("The callback's answer is not the challenge");
}

function refused(because: string): GraphError {
  return new GraphError(2200, {
    message: `(#2200) Callback verification failed with the following errors: ${because}`,
  });
}
