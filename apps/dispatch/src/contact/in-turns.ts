import { shownPair } from './handed-on';
import type { ContactWrite } from './write-contacts';

interface Showing {
  readonly index: number;
  readonly userKey: string;
  readonly at: number;
}

/**
 * The places of writes, turn by turn: where Meta showed one number with several user ids of a portfolio, whom it showed
 * later comes in a later turn, so that the number goes from one to the next as it would one by one.
 */
export function inTurns(
  writes: readonly Pick<ContactWrite, 'shownBy'>[],
  shown: readonly (readonly string[])[],
): number[][] {
  const showings = new Map<string, Showing[]>();
  writes.forEach(({ shownBy }, index) => {
    const pair = shownPair(shown[index]!, shownBy);
    if (pair === undefined) return;
    const place = `${pair.phoneKey} ${pair.shownBy.portfolioId}`;
    const showing = { index, userKey: pair.userKey, at: Date.parse(pair.shownBy.at) };
    showings.set(place, [...(showings.get(place) ?? []), showing]);
  });
  const turnOf = writes.map(() => 0);
  for (const ofNumber of showings.values()) {
    let turn = 0;
    let last: string | undefined;
    for (const { index, userKey } of ofNumber.sort((a, b) => a.at - b.at)) {
      if (last !== undefined && last !== userKey) turn++;
      turnOf[index] = turn;
      last = userKey;
    }
  }
  const turns: number[][] = [];
  turnOf.forEach((turn, index) => (turns[turn] ??= []).push(index));
  return turns;
}
