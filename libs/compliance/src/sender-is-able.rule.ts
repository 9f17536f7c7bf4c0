import type { SenderFacts } from './facts';
import { hold, pass, type Rule } from './rule';

/** Where nobody can say when it will be over, the message is looked at again after this time, or when something changes. */
const lookAgainAfterMs = 5 * 60_000;

const connected = 'CONNECTED';

export const senderIsAble: Rule<SenderFacts> = {
  name: 'sender-is-able',
  clause: {
    text: 'Only a connected number of an account in good standing can send; what cannot be sent now waits.',
    source:
      'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes (190, 368, 131031, 131045, 133010)',
  },
  codes: ['sender-unable'],
  inputs: (facts) => facts.sender,
  judge: (sender, at) => {
    const waitsFor = obstacles(sender);
    if (waitsFor.length === 0) return pass('the sender is connected and nothing stops it');
    const until = waitsFor.reduce(
      (latest, { until }) => Math.max(latest, until === undefined ? 0 : Date.parse(until)),
      0,
    );
    const because = waitsFor.map((obstacle) => obstacle.because).join('; ');
    return hold('sender-unable', new Date(until > at.getTime() ? until : at.getTime() + lookAgainAfterMs), because);
  },
};

function obstacles(sender: SenderFacts): { because: string; until?: string }[] {
  const found: { because: string; until?: string }[] = [];
  if (sender.status !== connected) found.push({ because: `Meta says the number is ${sender.status}` });
  if (sender.pausedBecause !== undefined)
    found.push({ because: `an operator paused the sender: ${sender.pausedBecause}` });
  const { credentialsRejected, restriction, restrictedUntil } = sender.account;
  if (credentialsRejected) found.push({ because: "Meta does not accept the account's credentials" });
  if (restriction !== undefined) {
    found.push({
      because: `Meta restricts the account: ${restriction}`,
      ...(restrictedUntil === undefined ? {} : { until: restrictedUntil }),
    });
  }
  for (const { scope, code, until } of sender.pauses) {
    found.push({ because: `sending is paused for the ${scope}: ${code}`, ...(until === undefined ? {} : { until }) });
  }
  return found;
}
