import {
  TemplateApproved,
  TemplateDeleted,
  TemplateDisabled,
  TemplatePaused,
  TemplateQualityChanged,
  TemplateReinstated,
  TemplateRejected,
  TemplateSubmitted,
  type EventDefinition,
  type EventOf,
} from '@postrider/event-contracts';
import type { Alarm, Attention } from '@postrider/service-host';
import type { Template } from '../template/template.decider';

export const attentionEvents: readonly EventDefinition[] = [
  TemplateSubmitted,
  TemplateApproved,
  TemplateRejected,
  TemplatePaused,
  TemplateReinstated,
  TemplateDisabled,
  TemplateQualityChanged,
  TemplateDeleted,
];
export type AttentionEvent = EventOf<
  | typeof TemplateSubmitted
  | typeof TemplateApproved
  | typeof TemplateRejected
  | typeof TemplatePaused
  | typeof TemplateReinstated
  | typeof TemplateDisabled
  | typeof TemplateQualityChanged
  | typeof TemplateDeleted
>;

const states = ['template-rejected', 'template-paused', 'template-disabled'] as const;
const quality = 'template-quality';
type Kind = (typeof states)[number] | typeof quality;

/** Which of our own facts about a template need an operator, and which say that it is over. */
export function attentionFor(event: AttentionEvent, about: Template): Attention {
  const { templateId, definition } = about;
  const named = `The template "${definition.name}" (${definition.language})`;
  const alarm = (kind: Kind, severity: Alarm['severity'], text: string): Alarm => ({
    ...{ key: `${kind}:${templateId}`, kind, severity, text: `${named} ${text}`, subject: { templateId } },
  });
  const over = (...kinds: readonly Kind[]): string[] => kinds.map((kind) => `${kind}:${templateId}`);
  const instead = (raise: Alarm): Attention => ({
    raise,
    clear: over(...states.filter((kind) => kind !== raise.kind)),
  });
  switch (event.type) {
    case 'TemplateSubmitted':
    case 'TemplateApproved':
    case 'TemplateReinstated':
      return { clear: over(...states) };
    case 'TemplateDeleted':
      return { clear: over(...states, quality) };
    case 'TemplateRejected': {
      const { reason, recommendation } = event.data;
      const advice = recommendation === undefined ? 'revise it and submit it again' : recommendation;
      return instead(alarm('template-rejected', 'warning', `was rejected (${reason}): ${advice}`));
    }
    case 'TemplatePaused':
      return instead(alarm('template-paused', 'critical', paused(event.data)));
    case 'TemplateDisabled': {
      const reason = event.data.reason === undefined ? '' : ` (${event.data.reason})`;
      return instead(
        alarm('template-disabled', 'critical', `is disabled by Meta${reason}: write another one, or appeal`),
      );
    }
    case 'TemplateQualityChanged':
      return qualityChanged(event.data, (text) => alarm(quality, 'warning', text)) ?? { clear: over(quality) };
  }
}

function paused({ reason, until }: EventOf<typeof TemplatePaused>['data']): string {
  const because = reason === undefined ? '' : ` (${reason})`;
  const end = until === undefined ? 'until it is changed or reinstated' : `until ${until}`;
  return `is paused by Meta${because} ${end}: nothing is sent with it; send it to fewer people, or change its words`;
}

/** Undefined where the quality is good again, or better than it was. */
function qualityChanged(
  { quality: now, previous }: EventOf<typeof TemplateQualityChanged>['data'],
  alarm: (text: string) => Alarm,
): Attention | undefined {
  if (now === 'RED') return { raise: alarm('is badly liked: send less of it or change it, before Meta pauses it') };
  if (now !== 'YELLOW' || previous === 'RED') return undefined;
  return { raise: alarm('is less liked than it was: people block or report it') };
}
