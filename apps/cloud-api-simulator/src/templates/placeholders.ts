/** The variables of a text in order of first use: `{{1}}`, or `{{first_name}}` for a named template. */
export function placeholders(text: string | undefined): string[] {
  if (!text?.includes('{{')) return [];
  return [...new Set([...text.matchAll(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g)].map((match) => match[1] ?? ''))];
}

/** How long the text is once each variable holds its value. */
export function lengthWith(text: string, values: ReadonlyMap<string, string>): number {
  return [...text.replace(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g, (whole, name: string) => values.get(name) ?? whole)].length;
}
