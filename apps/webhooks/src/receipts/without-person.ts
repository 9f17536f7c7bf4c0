/**
 * A delivery's body without the items that name a person: members of lists (messages, statuses, contacts, preferences)
 * that hold, at any depth, a string that is one of their aliases. Undefined where there are none. What is not JSON names
 * nobody that could be found.
 */
export function withoutPerson(body: string, isTheirs: (text: string) => boolean): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  let dropped = 0;
  const names = (value: unknown): boolean =>
    typeof value === 'string'
      ? isTheirs(value)
      : typeof value === 'object' && value !== null && Object.values(value).some(names);
  const cleaned = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      const kept = value.map(cleaned).filter((item) => !names(item));
      dropped += value.length - kept.length;
      return kept;
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, cleaned(member)]));
  };
  const rest = cleaned(parsed);
  return dropped === 0 ? undefined : JSON.stringify(rest);
}
