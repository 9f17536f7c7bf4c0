import type { InternalCalls } from '@postrider/service-host';

/** The workspaces' identity secrets, asked for once each: they never change. */
export function identitySecrets(
  internal: Pick<InternalCalls, 'identitySecret'>,
): (workspaceId: string) => Promise<Buffer> {
  const known = new Map<string, Promise<Buffer>>();
  return (workspaceId) => {
    const secret = known.get(workspaceId);
    if (secret !== undefined) return secret;
    const asked = internal.identitySecret(workspaceId);
    known.set(workspaceId, asked);
    asked.catch(() => known.delete(workspaceId));
    return asked;
  };
}
