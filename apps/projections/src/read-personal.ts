/** What a personal part's bytes say; a part that can no longer be read is as if it were not there. */
export function readPersonal<Part>(bytes: Buffer | null): Part | undefined {
  if (bytes === null) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8')) as Part;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
