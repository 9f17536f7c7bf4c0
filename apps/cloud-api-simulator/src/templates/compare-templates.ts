import type { GraphCall } from '../graph/graph-call';
import type { Template } from '../world/state';

/** Block rate, sends and the top block reason of templates, side by side. */
export function compareTemplates({ sim, params }: GraphCall, template: Template): unknown {
  const others = Array.isArray(params.template_ids) ? params.template_ids.map(String) : [];
  const ids = [template.id, ...others.filter((id) => sim.state.templates.has(id))];
  const sent = (id: string): number =>
    [...sim.state.analytics.values()].filter((one) => one.templateId === id).reduce((sum, one) => sum + one.sent, 0);
  return {
    data: [
      { metric: 'BLOCK_RATE', type: 'RELATIVE', order_by_relative_metric: ids },
      {
        metric: 'MESSAGE_SENDS',
        type: 'NUMBER_VALUES',
        number_values: ids.map((id) => ({ key: id, value: sent(id) })),
      },
      {
        metric: 'TOP_BLOCK_REASON',
        type: 'STRING_VALUES',
        string_values: ids.map((id) => ({ key: id, value: 'UNKNOWN_BLOCK_REASON' })),
      },
    ],
  };
}
