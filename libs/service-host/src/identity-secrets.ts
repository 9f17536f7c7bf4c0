import type { InternalCalls } from './internal-calls';

/** The secrets under which workspaces' alias keys are made; asked for once each, as they are never rotated. */
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
