/** Below every id by time (UUIDv7) that was made at this moment or later, and above all that were made before. */
export function leastIdAt(moment: Date): string {
  const hex = Math.max(0, moment.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
