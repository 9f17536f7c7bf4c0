import type { Facts } from './facts';
import type { Rule } from './rule';

/** One line of a rule's specification: the situation in words, the facts, and what the rule says (a verdict, or a code). */
export type Example = readonly [situation: string, facts: Facts, says: string];

/** Runs a rule's table, and checks that the table shows each of the rule's codes. */
export function specify<Inputs extends object>(rule: Rule<Inputs>, examples: readonly Example[]): void {
  describe(rule.name, () => {
    test.each(examples)('%s', (_, facts, says) => {
      expect(saying(rule, facts)).toBe(says);
    });
    it('shows each of its codes in an example', () => {
      expect(rule.codes.filter((code) => !examples.some(([, , says]) => says.endsWith(code)))).toEqual([]);
    });
    it('can be replayed from the inputs in its trail', () => {
      for (const [, facts] of examples) {
        const inputs = rule.inputs(facts);
        const stored = JSON.parse(JSON.stringify(inputs)) as Inputs;
        expect(rule.judge(stored, facts.at)).toEqual(rule.judge(inputs, facts.at));
      }
    });
  });
}

function saying<Inputs extends object>(rule: Rule<Inputs>, facts: Facts): string {
  const judgement = rule.judge(rule.inputs(facts), facts.at);
  return 'code' in judgement ? `${judgement.verdict} ${judgement.code}` : judgement.verdict;
}
