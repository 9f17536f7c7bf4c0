import type { TemplateFacts } from './facts';
import { pass, refuse, skip, type Rule } from './rule';

interface Inputs {
  readonly templateId?: string;
  readonly state?: TemplateFacts['state'];
  readonly pausedUntil?: string;
  readonly parameterProblems?: readonly string[];
}

export const templateIsSendable: Rule<Inputs> = {
  name: 'template-is-sendable',
  clause: {
    text: 'Meta sends approved templates that are not paused, with the parameters they were approved with.',
    source:
      'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes (132000, 132001, 132012, 132015, 132016)',
  },
  codes: ['template-not-approved', 'template-paused', 'parameters-mismatch'],
  inputs: ({ content }) => {
    if (content.kind === 'free-form') return {};
    const { templateId, state, pausedUntil, parameterProblems } = content.template;
    return { templateId, state, ...(pausedUntil === undefined ? {} : { pausedUntil }), parameterProblems };
  },
  judge: ({ state, pausedUntil, parameterProblems = [] }) => {
    if (state === undefined) return skip('not a template');
    if (state === 'paused') {
      return refuse(
        'template-paused',
        pausedUntil === undefined ? 'the template is paused' : `the template is paused until ${pausedUntil}`,
      );
    }
    if (state !== 'approved') return refuse('template-not-approved', `the template is ${state}`);
    if (parameterProblems.length > 0) return refuse('parameters-mismatch', parameterProblems.join('; '));
    return pass('the template is approved and the parameters fit');
  },
};
