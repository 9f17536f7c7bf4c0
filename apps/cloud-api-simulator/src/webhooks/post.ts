import { request, type Agent } from 'undici';
import type { Fault } from '../world/state';

interface Posting {
  agent: Agent;
  url: string;
  body: string;
  headers: Record<string, string>;
  timeoutMs: number;
  fault: Fault | undefined;
}

/** One webhook POST and how it was answered, with the fault set on it, if any. */
export async function post({
  agent,
  url,
  body,
  headers,
  timeoutMs,
  fault,
}: Posting): Promise<{ status: number | null; error?: string }> {
  if (fault?.kind === 'timeout' || fault?.kind === 'reset') return { status: null, error: `simulated ${fault.kind}` };
  const sent = fault?.kind === 'oversize' ? padded(body) : body;
  const signed = fault?.kind === 'forge' ? { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` } : {};
  try {
    const answer = await request(url, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'facebookexternalua', ...headers, ...signed },
      body: sent,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body.dump();
    // The receiver took it, but the simulator acts as if the answer had been lost, so it comes again.
    if (fault?.kind === 'error' || fault?.kind === 'timeout-after-accept')
      return { status: null, error: `simulated ${fault.kind}, answered ${answer.statusCode}` };
    return { status: answer.statusCode };
  } catch (error) {
    return { status: null, error: error instanceof Error ? error.message || error.name : String(error) };
  }
}

/** Larger than Meta ever sends: trailing blanks keep it valid JSON. The signature no longer fits, as size is judged first. */
const padded = (body: string): string => body + ' '.repeat(5_000_000);
