import { defaultPolicies, isPolicyName, policySchemas, type Policies } from '@postrider/compliance';
import type { Pool } from 'pg';

/** What a workspace's policies say now, with the defaults for those that nobody put. */
export type PoliciesInForce = (workspaceId: string) => Promise<Policies>;

/**
 * Reads them anew each time, so that the next send obeys a change; what has not changed is the same object as before,
 * for what is prepared from it once.
 */
export function policiesInForce(pool: Pool): PoliciesInForce {
  const known = new Map<string, { versions: string; policies: Policies }>();
  return async (workspaceId) => {
    const { rows } = await pool.query<{ name: string; version: number }>({
      name: 'policy-versions',
      text: 'select name, version from known_policy where workspace_id = $1 order by name',
      values: [workspaceId],
    });
    const versions = rows.map(({ name, version }) => `${name} ${version}`).join();
    const kept = known.get(workspaceId);
    if (kept?.versions === versions) return kept.policies;
    const policies = rows.length === 0 ? defaultPolicies : await read(pool, workspaceId);
    known.set(workspaceId, { versions, policies });
    return policies;
  };
}

async function read(pool: Pool, workspaceId: string): Promise<Policies> {
  const { rows } = await pool.query<{ name: string; policy: object }>(
    'select name, policy from known_policy where workspace_id = $1',
    [workspaceId],
  );
  const put = rows.flatMap(({ name, policy }) => {
    // Parsed again, for defaults that came in after the policy was put.
    const parsed = isPolicyName(name) ? policySchemas[name].safeParse(policy) : undefined;
    return parsed?.success === true ? [[name, parsed.data] as const] : [];
  });
  return { ...defaultPolicies, ...Object.fromEntries(put) };
}
