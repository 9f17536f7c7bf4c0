import type { GraphCall } from '../graph/graph-call';
import { GraphError } from '../graph/graph-error';
import { secondsOf } from '../world/simulation';
import type { Template, TemplateCategory } from '../world/state';
import { asShown } from './authentication-template';
import { checkDefinition } from './check-definition';
import { refused } from './refused';

const dayMs = 86_400_000;

/** `POST /{TEMPLATE_ID}`: components are replaced whole, and the template is reviewed again. */
export function editTemplate(call: GraphCall, template: Template): unknown {
  const { sim, params } = call;
  const nowMs = sim.nowMs();
  if (!['APPROVED', 'REJECTED', 'PAUSED'].includes(template.status)) {
    throw refused(2388039, 'Template cannot be edited', `A template in status ${template.status} cannot be edited.`);
  }
  const category =
    params.category === undefined ? template.category : (String(params.category).toUpperCase() as TemplateCategory);
  if (category !== template.category && template.status === 'APPROVED') {
    throw refused(2388025, 'Category cannot be changed', 'The category of an approved template cannot be changed.');
  }
  if (
    params.components === undefined &&
    params.category === undefined &&
    params.message_send_ttl_seconds === undefined
  ) {
    throw new GraphError(100, { message: '(#100) The parameter components is required.' });
  }
  if (template.status === 'APPROVED' && sim.state.settings.enforceTemplateQuotas) checkEditQuota(template, nowMs);
  const ttlSeconds = params.message_send_ttl_seconds ?? template.ttlSeconds;
  if (params.components !== undefined) {
    const components = checkDefinition({
      category,
      parameterFormat: template.parameterFormat,
      components: params.components,
      ttlSeconds,
    });
    template.components = asShown(components, category);
    sayComponents(call, template);
  }
  template.category = category;
  if (typeof ttlSeconds === 'number') template.ttlSeconds = ttlSeconds;
  template.edits.push(nowMs);
  template.status = 'PENDING';
  if (sim.state.settings.review === 'automatic') {
    sim.schedule({ kind: 'review', dueMs: nowMs + sim.state.settings.reviewMs, templateId: template.id });
  }
  return { success: true };
}

/** An approved template may be edited once in 24 hours and ten times in 30 days. */
function checkEditQuota(template: Template, nowMs: number): void {
  template.edits = template.edits.filter((atMs) => atMs > nowMs - 30 * dayMs);
  const today = template.edits.filter((atMs) => atMs > nowMs - dayMs);
  if (today.length >= 1 || template.edits.length >= 10) {
    throw refused(
      2388003,
      'Template was edited too often',
      'An approved template can be edited once in 24 hours and 10 times in 30 days.',
    );
  }
}

function sayComponents({ sim }: GraphCall, template: Template): void {
  const find = (type: string): string | undefined =>
    template.components.find((one) => one.type.toUpperCase() === type)?.text;
  const buttons = template.components.find((one) => one.type.toUpperCase() === 'BUTTONS')?.buttons ?? [];
  const title = find('HEADER');
  const footer = find('FOOTER');
  sim.outbox.emit({
    wabaId: template.wabaId,
    field: 'message_template_components_update',
    timeSeconds: secondsOf(sim.nowMs()),
    value: {
      message_template_id: template.id,
      message_template_name: template.name,
      message_template_language: template.language,
      ...(title !== undefined && { message_template_title: title }),
      message_template_element: find('BODY') ?? '',
      ...(footer !== undefined && { message_template_footer: footer }),
      ...(buttons.length > 0 && {
        message_template_buttons: buttons.map((button) => ({
          message_template_button_type: button.type,
          message_template_button_text: button.text,
          ...(button.url !== undefined && { message_template_button_url: button.url }),
          ...(button.phone_number !== undefined && { message_template_button_phone_number: button.phone_number }),
        })),
      }),
    },
    note: { about: `template ${template.name} components` },
  });
}
