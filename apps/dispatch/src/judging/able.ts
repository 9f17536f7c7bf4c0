import { allRules, ruleCodes, type SenderFacts } from '@postrider/compliance';
import { isInForce } from './facts';

const rule = allRules.find(({ name }) => name === ruleCodes['sender-unable'])!;

/** Whether the sender itself would let a message go now. */
export function isAble(sender: SenderFacts, at: Date): boolean {
  const pauses = sender.pauses.filter((pause) => isInForce(pause, at));
  const facts = {
    at,
    channel: { purpose: 'transactional' },
    recipient: { phone: 'usable', userId: false },
    consents: [],
    content: { kind: 'free-form', type: 'text' },
    sender: { ...sender, pauses },
  } as const;
  return rule.judge(rule.inputs(facts), at).verdict === 'pass';
}
