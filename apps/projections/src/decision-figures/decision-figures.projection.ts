import { dimensionsOf, type Dimensions } from '../message/dimensions';
import type { MessageView } from '../message/message-view';

export type DecisionDelta = Dimensions & { readonly outcome: string; readonly code: string; readonly messages: number };

const outcomes: Readonly<Record<string, string>> = { MessageRefused: 'refuse', MessageHeld: 'hold' };

/** Every hold and refusal that a message met, each code once. */
export function decisionsOf(view: MessageView): Set<string> {
  return new Set(
    Object.values(view.entries).flatMap((entry) => {
      const outcome = outcomes[entry.type] ?? (entry.type === 'MessageRequested' ? entry.outcome : undefined);
      return outcome !== undefined && outcome !== 'send' && entry.code !== undefined
        ? [`${outcome} ${entry.code}`]
        : [];
    }),
  );
}

/** How the figures grow when messages change. Decisions are facts, so they only ever grow. */
export function decisionDeltasOf(
  changes: readonly { workspaceId: string; before: MessageView; after: MessageView }[],
): DecisionDelta[] {
  const deltas = new Map<string, DecisionDelta>();
  for (const { workspaceId, before, after } of changes) {
    const dimensions = dimensionsOf(workspaceId, after);
    if (dimensions === undefined) continue;
    const counted = dimensionsOf(workspaceId, before) === undefined ? new Set<string>() : decisionsOf(before);
    for (const decision of decisionsOf(after)) {
      if (counted.has(decision)) continue;
      const [outcome, code] = decision.split(' ') as [string, string];
      const key = JSON.stringify([dimensions, outcome, code]);
      const { messages } = deltas.get(key) ?? { messages: 0 };
      deltas.set(key, { ...dimensions, outcome, code, messages: messages + 1 });
    }
  }
  return [...deltas.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, delta]) => delta);
}
