/**
 * When a person stopped. Meta tells time in whole seconds, so a stop counts to the end of its second: what a caller
 * reported within that second came before it.
 */
export const stopSaidAt = (happenedAt: string): string =>
  new Date(Math.floor(Date.parse(happenedAt) / 1_000) * 1_000 + 999).toISOString();
