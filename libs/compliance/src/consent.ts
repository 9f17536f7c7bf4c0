import type { Purpose } from '@postrider/event-contracts';
import type { ConsentStatement, Facts } from './facts';

/**
 * Where a statement comes from when it is the person's, rather than a caller's on their behalf: made in WhatsApp, or left
 * behind by their erasure.
 */
export const ownWords: readonly string[] = ['keyword', 'preference', 'error-131050', 'block', 'erasure'];

export const isOwnWord = (said: ConsentStatement): boolean => ownWords.includes(said.source);

/** The statement that counts for a purpose and a sender, whatever the order in which statements became known. */
export function lastStatement(
  facts: Pick<Facts, 'consents'> & { readonly sender: Pick<Facts['sender'], 'senderId'> },
  purpose: Purpose,
): ConsentStatement | undefined {
  let last: ConsentStatement | undefined;
  for (const said of facts.consents) {
    if (said.purpose !== purpose) continue;
    if (said.senderId !== undefined && said.senderId !== facts.sender.senderId) continue;
    if (last === undefined || outweighs(said, last)) last = said;
  }
  return last;
}

/** The later one counts; of one instant a revocation before a grant, and the person's own word before a caller's. */
function outweighs(said: ConsentStatement, than: ConsentStatement): boolean {
  const difference =
    Date.parse(said.saidAt) - Date.parse(than.saidAt) ||
    Number(said.state === 'revoked') - Number(than.state === 'revoked') ||
    Number(isOwnWord(said)) - Number(isOwnWord(than));
  return difference > 0 || (difference === 0 && said.source > than.source);
}
