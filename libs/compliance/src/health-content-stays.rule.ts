import { pass, refuse, skip, type Rule } from './rule';

interface Inputs {
  readonly regulated: boolean;
  readonly content?: string;
  readonly freeOfHealthContent?: boolean;
}

export const healthContentStays: Rule<Inputs> = {
  name: 'health-content-stays',
  clause: {
    text: 'In a regulated workspace only templates that somebody vouches hold no health content are sent: Meta signs no agreement on such data.',
    source: 'https://business.whatsapp.com/policy (health); policy "health"',
  },
  codes: ['health-content'],
  inputs: ({ regulated = false, content }) => {
    if (!regulated) return { regulated };
    if (content.kind === 'free-form') return { regulated, content: content.type };
    return { regulated, content: 'template', freeOfHealthContent: content.template.freeOfHealthContent ?? false };
  },
  judge: ({ regulated, content, freeOfHealthContent }) => {
    if (!regulated) return skip('the workspace is not regulated');
    if (content !== 'template')
      return refuse('health-content', `nobody has looked through ${content} content beforehand`);
    return freeOfHealthContent === true
      ? pass('the template is marked as free of health content')
      : refuse('health-content', 'the template is not marked as free of health content');
  },
};
