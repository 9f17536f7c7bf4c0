/** How often Meta takes new words for an approved template; for a rejected or paused one as often as one likes. */
export const editsIn24Hours = 1;
export const editsIn30Days = 10;
const dayMs = 86_400_000;

/** Since when another edit of an approved template is taken; undefined where one is taken now. */
export function nextEditAt(edits: readonly string[], now: Date): Date | undefined {
  const times = edits.map((edit) => Date.parse(edit)).sort((a, b) => b - a);
  const frees = [
    [editsIn24Hours, dayMs],
    [editsIn30Days, 30 * dayMs],
  ] as const;
  const next = Math.max(...frees.map(([most, periodMs]) => (times[most - 1] ?? -Infinity) + periodMs));
  return next > now.getTime() ? new Date(next) : undefined;
}
