import type { GraphCall } from '../graph/graph-call';
import { GraphError } from '../graph/graph-error';
import type { Account, Template } from '../world/state';
import { sayStatus } from './lifecycle';

const thirtyDaysMs = 30 * 86_400_000;

/** By name all languages, by name and id one, or up to a hundred ids. An approved one's name stays blocked for 30 days. */
export function deleteTemplates(call: GraphCall, account: Account): unknown {
  const { sim, params } = call;
  const own = [...sim.state.templates.values()].filter(
    (template) => template.wabaId === account.id && template.status !== 'DELETED',
  );
  const chosen = own.filter(chooser(params));
  if (chosen.length === 0) {
    throw new GraphError(100, {
      subcode: 2593002,
      message: 'Invalid parameter',
      userTitle: "Message Template Couldn't Be Found",
      userMessage: 'No message template was found for that name or id.',
    });
  }
  for (const template of chosen) {
    if (template.status === 'APPROVED')
      sim.state.blockedNames.set(`${account.id}:${template.name}:${template.language}`, sim.nowMs() + thirtyDaysMs);
    template.status = 'DELETED';
    sayStatus(sim, template, { event: 'DELETED' });
  }
  return { success: true };
}

function chooser(params: Record<string, unknown>): (template: Template) => boolean {
  if (Array.isArray(params.hsm_ids)) {
    const ids = params.hsm_ids.map(String);
    if (ids.length > 100) throw new GraphError(100, { message: '(#100) Param hsm_ids may hold at most 100 ids.' });
    return (template) => ids.includes(template.id);
  }
  const id = params.hsm_id === undefined ? undefined : String(params.hsm_id);
  const name = typeof params.name === 'string' ? params.name : undefined;
  if (id === undefined && name === undefined)
    throw new GraphError(100, { message: '(#100) The parameter name is required.' });
  return (template) => (id === undefined || template.id === id) && (name === undefined || template.name === name);
}
