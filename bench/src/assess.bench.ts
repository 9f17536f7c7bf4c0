import { assess } from '@postrider/compliance';
import type { Claim, Row } from './claim';
import { exampleFacts } from './example-facts';

const times = 50_000;

function microseconds(work: () => unknown): number {
  for (let n = 0; n < times / 5; n++) work();
  const began = performance.now();
  for (let n = 0; n < times; n++) work();
  return ((performance.now() - began) * 1_000) / times;
}

const row = (what: string, work: () => unknown): Row => {
  const perMessage = microseconds(work);
  return { what, 'µs a message': perMessage, 'a second': Math.round(1_000_000 / perMessage) };
};

/** One message judged by every rule, with facts at hand. */
export const claim: Claim = {
  title: 'judging one message by all rules, with its whole trail',
  notes: ['Reference: writing the same decision down as JSON, which storing it costs anyhow.'],
  run() {
    const facts = exampleFacts();
    const decision = assess(facts);
    return Promise.resolve([
      row('assess', () => assess(facts)),
      row('reference: JSON of the decision', () => JSON.stringify(decision)),
    ]);
  },
};
