import type { MediaStore } from '../media/media-store';
import { mediaIn } from '../media/references';
import type { Judged, Unknown } from './judge-requests';

/** Turns away what shows a file that the workspace does not have, or not any more. */
export async function withKnownMedia(
  media: Pick<MediaStore, 'find'>,
  workspaceId: string,
  requests: readonly (Judged | Unknown)[],
): Promise<(Judged | Unknown)[]> {
  const shown = requests.map((each) => (each.kind === 'judged' ? mediaIn(each.content.payload) : []));
  const ids = [...new Set(shown.flat())];
  if (ids.length === 0) return [...requests];
  const known = await media.find(workspaceId, ids);
  return requests.map((each, index) => {
    const missing = shown[index]!.find((id) => !known.has(id));
    if (missing === undefined) return each;
    return { kind: 'unknown', code: 'unknown-media', because: `There is no file "${missing}", or not any more.` };
  });
}
