import { pass, refuse, skip, type Rule } from './rule';

const windowHours = 24;
/** Kept clear of the edge, for a message that is on its way while the window closes. */
const marginMinutes = 1;
const windowMs = windowHours * 3_600_000 - marginMinutes * 60_000;

/** When free text may no longer be sent to a person who last wrote or called at this time, by Meta's clock. */
export const windowClosesAt = (lastInboundAt: string): Date => new Date(Date.parse(lastInboundAt) + windowMs);

interface Inputs {
  readonly content: string;
  readonly lastInboundAt?: string;
}

export const insideServiceWindow: Rule<Inputs> = {
  name: 'inside-service-window',
  clause: {
    text: "Free-form messages only within 24 hours of the person's last message or call; else a template.",
    source: 'https://developers.facebook.com/docs/whatsapp/pricing#customer-service-windows (131047)',
  },
  codes: ['window-closed'],
  inputs: (facts) => ({
    content: facts.content.kind === 'template' ? 'template' : facts.content.type,
    ...(facts.lastInboundAt === undefined ? {} : { lastInboundAt: facts.lastInboundAt }),
  }),
  judge: ({ content, lastInboundAt }, at) => {
    if (content === 'template') return skip('templates may be sent outside the window');
    if (lastInboundAt === undefined)
      return refuse('window-closed', 'the person has neither written to this sender nor called it');
    const closesAt = windowClosesAt(lastInboundAt);
    return at < closesAt
      ? pass(`the window is open until ${closesAt.toISOString()}`)
      : refuse('window-closed', `the window closed at ${closesAt.toISOString()}`);
  },
};
