import { healthOf } from '../accounts/health';
import type { NodeType } from '../graph/fields';
import { secondsOf, type Simulation } from '../world/simulation';
import type { Template } from '../world/state';

export function templateType(sim: Simulation, template: Template): NodeType {
  return {
    name: 'WhatsAppMessageTemplate',
    defaults: ['name', 'parameter_format', 'components', 'language', 'status', 'category', 'previous_category', 'id'],
    fields: {
      id: template.id,
      name: template.name,
      language: template.language,
      status: template.status,
      category: template.category,
      previous_category: template.previousCategory,
      correct_category: template.correctCategory,
      sub_category: undefined,
      parameter_format: template.parameterFormat,
      components: template.components,
      rejected_reason: template.rejectedReason,
      quality_score: { score: template.quality, date: secondsOf(template.qualityAtMs) },
      message_send_ttl_seconds: template.ttlSeconds,
      cta_url_link_tracking_opted_out: false,
      library_template_name: undefined,
      last_updated_time: new Date(template.edits.at(-1) ?? template.createdAtMs).toISOString(),
      rejection_info: undefined,
      source: 'USER_CREATED',
      health_status: () => healthOf(sim, { template }),
    },
  };
}
