import { findTemplate } from '../templates/find-template';
import {
  announceCategory,
  approve,
  disable,
  pause,
  recategorise,
  reject,
  releaseHeld,
  sayStatus,
  setQuality,
  templateStatuses,
  unpause,
} from '../templates/lifecycle';
import type { Simulation } from '../world/simulation';
import type { Template, TemplateStatus } from '../world/state';
import { ControlError, type ControlRequest } from './control-request';
import { templateShape } from './shapes';

/** Events that only say something, without a change of status. */
const sayings = ['FLAGGED', 'REINSTATED', 'LOCKED', 'UNARCHIVED'];

/** What Meta's reviewers and quality systems would do to a template. `id` is its id, or its name. */
export function changeTemplate(sim: Simulation, id: string, read: ControlRequest['read']): unknown {
  const template = byIdOrName(sim, id);
  const { event, reason, category, quality, inMs } = read(templateShape);
  if (event === undefined && quality === undefined && category === undefined)
    throw new ControlError(400, 'event: one of event, quality and category is expected');
  if (category !== undefined && event === 'CATEGORY_ANNOUNCED')
    announceCategory(sim, template, category, inMs ?? 86_400_000);
  else if (category !== undefined) recategorise(sim, template.id, category);
  if (quality !== undefined) setQuality(sim, template, quality);
  if (event !== undefined) happen(sim, template, event.toUpperCase(), reason);
  const { name, language, status } = template;
  return { id: template.id, name, language, status, category: template.category, quality: template.quality };
}

function happen(sim: Simulation, template: Template, event: string, reason: string | undefined): void {
  switch (event) {
    case 'CATEGORY_ANNOUNCED':
      return;
    case 'APPROVED':
      if (template.status === 'PAUSED') return unpause(sim, template.id);
      return approve(sim, template);
    case 'REJECTED':
      return reject(sim, template, reason ?? 'INVALID_FORMAT');
    case 'PAUSED':
      return pause(sim, template);
    case 'DISABLED':
      return disable(sim, template);
    case 'PACING':
      template.pacing = true;
      return;
    case 'RELEASED':
      return releaseHeld(sim, template);
    default:
      if (!templateStatuses.includes(event as TemplateStatus) && !sayings.includes(event)) {
        throw new ControlError(400, `event: ${event} is not a template event`);
      }
      if (templateStatuses.includes(event as TemplateStatus)) template.status = event as TemplateStatus;
      sayStatus(sim, template, { event, ...(reason !== undefined && { reason }) });
  }
}

function byIdOrName(sim: Simulation, id: string): Template {
  const known =
    sim.state.templates.get(id) ??
    [...sim.state.templates.values()].find((one) => one.name === id && one.status !== 'DELETED');
  // Looked up once more by its key, so that the newest of several wins.
  const template = known && (findTemplate(sim.state, known.wabaId, known.name, known.language) ?? known);
  if (!template) throw new ControlError(404, `There is no template ${id}.`);
  return template;
}
