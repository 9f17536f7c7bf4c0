import type { PortfolioFacts } from './facts';
import { windowClosesAt } from './inside-service-window.rule';
import { hold, pass, skip, type Rule } from './rule';

/** Where nobody says when there is room, it is looked at again after this time. */
const lookAgainMs = 5 * 60_000;

interface Inputs {
  readonly isTemplate: boolean;
  readonly insideWindow: boolean;
  readonly portfolio?: PortfolioFacts;
}

export const withinPortfolioLimit: Rule<Inputs> = {
  name: 'within-portfolio-limit',
  clause: {
    text: 'Outside service windows, the senders of a portfolio together write to no more people in 24 moving hours than Meta allows it.',
    source: 'https://developers.facebook.com/docs/whatsapp/messaging-limits',
  },
  codes: ['portfolio-limit'],
  inputs: ({ at, content, lastInboundAt, portfolio }) => ({
    isTemplate: content.kind === 'template',
    insideWindow: lastInboundAt !== undefined && at < windowClosesAt(lastInboundAt),
    ...(portfolio === undefined ? {} : { portfolio }),
  }),
  judge: ({ isTemplate, insideWindow, portfolio }, at) => {
    if (!isTemplate || insideWindow) return skip('messages inside a service window are not counted');
    if (portfolio === undefined) return skip("the portfolio's limit is not known");
    const { limit, used, includesRecipient, roomAt } = portfolio;
    if (limit === null) return pass('Meta sets the portfolio no limit');
    if (includesRecipient) return pass('the person is among those written to in the last 24 hours');
    if (used < limit) return pass(`${used} of ${limit} people were written to in the last 24 hours`);
    const until = roomAt === undefined ? 0 : Date.parse(roomAt);
    return hold(
      'portfolio-limit',
      new Date(until > at.getTime() ? until : at.getTime() + lookAgainMs),
      `all of ${limit} people were written to in the last 24 hours`,
    );
  },
};
