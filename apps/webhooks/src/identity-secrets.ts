import type { InternalCalls } from '@postrider/service-host';

/** The secret under which a workspace's alias keys are made; it is never rotated, so it is asked for once. */
export function identitySecrets(
  internal: Pick<InternalCalls, 'identitySecret'>,
): (workspaceId: string) => Promise<Uint8Array> {
  const known = new Map<string, Promise<Uint8Array>>();
  return (workspaceId) => {
    const asked = known.get(workspaceId) ?? internal.identitySecret(workspaceId);
    known.set(workspaceId, asked);
    asked.catch(() => known.delete(workspaceId));
    return asked;
  };
}
