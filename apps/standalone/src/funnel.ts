/** Where the messages of a run are: each counts once, under its state. */
export type StateCounts = Readonly<Record<string, number>>;

const reached = {
  sent: ['accepted', 'sent', 'delivered', 'read'],
  delivered: ['delivered', 'read'],
  read: ['read'],
};
/** What has not shown yet how it ends. One that waits for a later try has: Meta held it back for at least a day. */
const underway = ['requested', 'sending', 'accepted'];
const barWidth = 40;

export function countStates(messages: readonly { readonly state: string }[]): StateCounts {
  const counts: Record<string, number> = {};
  for (const { state } of messages) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

const sum = (counts: StateCounts, states: readonly string[]): number =>
  states.reduce((total, state) => total + (counts[state] ?? 0), 0);

/** How many have left our hands: Meta has told something of them, or they will not be sent. */
export function settled(counts: StateCounts): number {
  return sum(counts, Object.keys(counts)) - sum(counts, underway);
}

/** The funnel, and below it whatever fell out of it. */
export function drawFunnel(counts: StateCounts): string {
  const targeted = sum(counts, Object.keys(counts));
  const line = (name: string, count: number): string => {
    const share = targeted === 0 ? 0 : count / targeted;
    return `  ${name.padEnd(10)}${'█'.repeat(Math.round(share * barWidth)).padEnd(barWidth)} ${String(count).padStart(6)}  ${(share * 100).toFixed(1).padStart(5)} %`;
  };
  const inFunnel = new Set(reached.sent);
  const others = Object.keys(counts).filter((state) => !inFunnel.has(state));
  return [
    line('targeted', targeted),
    line('sent', sum(counts, reached.sent)),
    line('delivered', sum(counts, reached.delivered)),
    line('read', sum(counts, reached.read)),
    ...others.map((state) => line(state, counts[state] ?? 0)),
  ].join('\n');
}
