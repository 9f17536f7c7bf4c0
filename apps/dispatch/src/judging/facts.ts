import { checkSendComponents, SendComponents } from '@postrider/cloud-api-payloads';
import type { ConsentStatement, Facts } from '@postrider/compliance';
import type { MetaObject } from '@postrider/event-contracts';
import type { ChannelView, SenderView, TemplateView, WindowView } from './copies';

/** A message as the rules see it. */
export interface Case {
  readonly at: Date;
  readonly channel: ChannelView & { readonly sender: SenderView };
  readonly recipient: Facts['recipient'];
  readonly consents: readonly ConsentStatement[];
  readonly window: WindowView;
  readonly content: Facts['content'];
}

export function factsOf({ at, channel, recipient, consents, window, content }: Case): Facts {
  const { purpose, consent } = channel.settings;
  return {
    at,
    channel: { purpose, ...(consent?.required === undefined ? {} : { consentRequired: consent.required }) },
    recipient,
    consents,
    ...window,
    content,
    sender: { ...channel.sender.facts, pauses: channel.sender.facts.pauses.filter((pause) => isInForce(pause, at)) },
  };
}

/** A pause that ends by itself is over then; nobody says so. */
export const isInForce = ({ until }: { readonly until?: string }, at: Date): boolean =>
  until === undefined || Date.parse(until) > at.getTime();

/** Approved, and not paused by what dispatch learnt itself. */
export const isSendable = ({ state, pause }: TemplateView, at: Date): boolean =>
  state === 'approved' && (pause === undefined || !isInForce(pause, at));

/** What is to be said of a template and the components that a message fills it with. */
export function templateContent(
  template: TemplateView,
  parameterProblems: readonly string[],
  at: Date,
): Facts['content'] {
  const { templateId, name, language, category, pause } = template;
  const isPaused = template.state === 'approved' && !isSendable(template, at);
  const pausedUntil = isPaused ? pause?.until : template.pausedUntil;
  return {
    kind: 'template',
    template: {
      templateId,
      name,
      language,
      state: isPaused ? 'paused' : template.state,
      category,
      ...(pausedUntil === undefined ? {} : { pausedUntil }),
      parameterProblems,
    },
  };
}

/** Where components do not fit the template, in words without values. */
export function misfits({ definition }: TemplateView, components: unknown): string[] {
  if (definition === undefined) return ["the template's definition cannot be read"];
  const parsed = SendComponents.safeParse(components ?? []);
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return checkSendComponents(definition, parsed.data).map(({ path, message }) => `${path}: ${message}`);
}

/** The Cloud API's own shape of a message, without its envelope. */
export type Payload = MetaObject & { readonly type: string };

export function templatePayload(template: TemplateView, components: readonly unknown[]): Payload {
  return {
    type: 'template',
    template: {
      name: template.name,
      language: { code: template.language },
      ...(components.length > 0 ? { components } : {}),
    },
  };
}
