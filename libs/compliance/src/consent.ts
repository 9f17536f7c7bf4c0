import type { Purpose } from '@postrider/event-contracts';
import type { ConsentStatement, Facts } from './facts';

/**
 * The statement that counts for a purpose and a sender: the latest one said, a revocation before a grant of the same
 * instant, so that the order in which statements became known changes nothing.
 */
export function lastStatement(facts: Facts, purpose: Purpose): ConsentStatement | undefined {
  let last: ConsentStatement | undefined;
  for (const said of facts.consents) {
    if (said.purpose !== purpose) continue;
    if (said.senderId !== undefined && said.senderId !== facts.sender.senderId) continue;
    if (last === undefined || isLater(said, last)) last = said;
  }
  return last;
}

function isLater(said: ConsentStatement, than: ConsentStatement): boolean {
  const difference = Date.parse(said.saidAt) - Date.parse(than.saidAt);
  return difference > 0 || (difference === 0 && said.state === 'revoked');
}

const ownWords: ReadonlySet<string> = new Set(['keyword', 'preference', 'error-131050', 'block']);

/** Whether the person said it themselves in WhatsApp, rather than a caller on their behalf. */
export const isOwnWord = (said: ConsentStatement): boolean => ownWords.has(said.source);
