import { detailsOf } from '../graph/error-table';
import { scheduleStatuses } from '../messages/schedule-statuses';
import { secondsOf, type Simulation } from '../world/simulation';
import type { Template, TemplateCategory, TemplateStatus } from '../world/state';
import { reviewFinding } from './review-finding';

const hourMs = 3_600_000;
/** The first pause lasts three hours, the second six; the third disables for good. */
const pauseHours = [3, 6];

export interface StatusChange {
  event: string;
  reason?: string;
  otherInfo?: { title: string; description: string };
  rejectionInfo?: { reason: string; recommendation: string };
}

/** Tells the subscribed apps of a template's new status. */
export function sayStatus(sim: Simulation, template: Template, change: StatusChange): void {
  sim.outbox.emit({
    wabaId: template.wabaId,
    field: 'message_template_status_update',
    timeSeconds: secondsOf(sim.nowMs()),
    value: {
      event: change.event,
      message_template_id: template.id,
      message_template_name: template.name,
      message_template_language: template.language,
      reason: change.reason ?? 'NONE',
      message_template_category: template.category,
      ...(change.event === 'DISABLED' && { disable_info: { disable_date: secondsOf(sim.nowMs()) } }),
      ...(change.otherInfo && { other_info: change.otherInfo }),
      ...(change.rejectionInfo && { rejection_info: change.rejectionInfo }),
    },
    note: { about: `template ${template.name} ${change.event}` },
  });
}

/** The review's end: approved, unless the text shows what reviewers refuse. */
export function reviewTemplate(sim: Simulation, templateId: string): void {
  const template = sim.state.templates.get(templateId);
  if (template?.status !== 'PENDING') return;
  const finding = reviewFinding(template);
  if (finding) return reject(sim, template, finding);
  approve(sim, template);
}

export function approve(sim: Simulation, template: Template): void {
  template.status = 'APPROVED';
  template.rejectedReason = 'NONE';
  sayStatus(sim, template, { event: 'APPROVED' });
}

export function reject(sim: Simulation, template: Template, reason: string): void {
  template.status = 'REJECTED';
  template.rejectedReason = reason;
  const rejectionInfo =
    reason === 'INVALID_FORMAT'
      ? {
          reason: 'Variables stand side by side without words between them.',
          recommendation: 'Put text between the variables.',
        }
      : undefined;
  sayStatus(sim, template, { event: 'REJECTED', reason, ...(rejectionInfo && { rejectionInfo }) });
}

/** Pauses for low quality, or disables when it was paused twice before. Held messages are dropped. */
export function pause(sim: Simulation, template: Template): void {
  const hours = pauseHours[template.pauses];
  template.pauses += 1;
  dropHeld(sim, template);
  if (hours === undefined) return disable(sim, template);
  template.status = 'PAUSED';
  const first = template.pauses === 1;
  sayStatus(sim, template, {
    event: 'PAUSED',
    otherInfo: {
      title: first ? 'FIRST_PAUSE' : 'SECOND_PAUSE',
      description: `Your WhatsApp message template has been paused for ${hours} hours until it is unpaused, because of low quality.`,
    },
  });
  sim.schedule({
    kind: 'unpause',
    dueMs: sim.nowMs() + hours * hourMs,
    templateId: template.id,
    pause: template.pauses,
  });
}

export function disable(sim: Simulation, template: Template): void {
  template.status = 'DISABLED';
  sayStatus(sim, template, {
    event: 'DISABLED',
    otherInfo: { title: 'DISABLED', description: 'Your WhatsApp message template has been disabled.' },
  });
}

/** Ends that pause; a later one has its own end. */
export function unpause(sim: Simulation, templateId: string, pauseNumber?: number): void {
  const template = sim.state.templates.get(templateId);
  if (template?.status !== 'PAUSED' || (pauseNumber !== undefined && template.pauses !== pauseNumber)) return;
  template.status = 'APPROVED';
  template.pacing = false;
  sayStatus(sim, template, {
    event: 'APPROVED',
    otherInfo: { title: 'UNPAUSE', description: 'Your WhatsApp message template has been unpaused.' },
  });
}

export function setQuality(sim: Simulation, template: Template, quality: Template['quality']): void {
  const previous = template.quality;
  template.quality = quality;
  template.qualityAtMs = sim.nowMs();
  sim.outbox.emit({
    wabaId: template.wabaId,
    field: 'message_template_quality_update',
    timeSeconds: secondsOf(sim.nowMs()),
    value: {
      previous_quality_score: previous,
      new_quality_score: quality,
      message_template_id: template.id,
      message_template_name: template.name,
      message_template_language: template.language,
    },
    note: { about: `template ${template.name} quality ${quality}` },
  });
  if (quality === 'RED' && template.status === 'APPROVED') pause(sim, template);
}

/** Announces another category a day ahead, as Meta does. */
export function announceCategory(sim: Simulation, template: Template, category: TemplateCategory, inMs: number): void {
  template.correctCategory = category;
  const dueMs = sim.nowMs() + inMs;
  sayCategory(sim, template, {
    new_category: template.category,
    correct_category: category,
    category_update_timestamp: secondsOf(dueMs),
  });
  sim.schedule({ kind: 'recategorise', dueMs, templateId: template.id, category });
}

export function recategorise(sim: Simulation, templateId: string, category: TemplateCategory): void {
  const template = sim.state.templates.get(templateId);
  if (!template || template.category === category) return;
  template.previousCategory = template.category;
  template.category = category;
  delete template.correctCategory;
  delete template.ttlSeconds;
  sayCategory(sim, template, { previous_category: template.previousCategory, new_category: category });
}

function sayCategory(sim: Simulation, template: Template, categories: Record<string, unknown>): void {
  sim.outbox.emit({
    wabaId: template.wabaId,
    field: 'template_category_update',
    timeSeconds: secondsOf(sim.nowMs()),
    value: {
      message_template_id: template.id,
      message_template_name: template.name,
      message_template_language: template.language,
      ...categories,
    },
    note: { about: `template ${template.name} category` },
  });
}

/** Lets go what pacing held, and ends the pacing. */
export function releaseHeld(sim: Simulation, template: Template): void {
  template.pacing = false;
  for (const message of sim.witness.heldFor(template.id)) {
    message.heldForQuality = false;
    scheduleStatuses(sim, message, { persona: 'reads' });
  }
}

function dropHeld(sim: Simulation, template: Template): void {
  template.pacing = false;
  for (const message of sim.witness.heldFor(template.id)) {
    message.heldForQuality = false;
    scheduleStatuses(sim, message, { persona: 'reads', failsWith: 132015, details: detailsOf(132015) });
  }
}

export const templateStatuses: readonly TemplateStatus[] = [
  'PENDING',
  'APPROVED',
  'REJECTED',
  'PAUSED',
  'DISABLED',
  'IN_APPEAL',
  'PENDING_DELETION',
  'DELETED',
  'LIMIT_EXCEEDED',
  'ARCHIVED',
];
