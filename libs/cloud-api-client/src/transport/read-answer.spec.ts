import fc from 'fast-check';
import { sendOutcome } from '../calls/send-outcome';
import { readAnswer } from './read-answer';

const answer = (status: number, body: string | Uint8Array) =>
  readAnswer({ status, headers: {}, body: Buffer.from(body) });

describe('an answer', () => {
  it('is never taken for a refusal where Meta may have taken the message, whatever it says', () => {
    const status = fc.oneof(fc.integer({ min: 200, max: 299 }), fc.integer({ min: 500, max: 599 }));
    fc.assert(
      fc.property(status, fc.oneof(fc.json(), fc.string(), fc.uint8Array()), (code, body) => {
        const outcome = sendOutcome(answer(code, body));
        expect(['accepted', 'unknown']).toContain(outcome.kind);
      }),
    );
  });

  it('is read without a throw, whatever it says', () => {
    const error = fc.record({
      code: fc.anything(),
      message: fc.anything(),
      error_data: fc.anything(),
      error_subcode: fc.anything(),
    });
    const body = fc.oneof(
      fc.anything(),
      fc.record({ error }),
      fc.record({ messages: fc.anything(), contacts: fc.anything() }),
    );
    const text = body.map((value) => {
      try {
        return JSON.stringify(value) ?? '';
      } catch {
        return String(typeof value);
      }
    });
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), text, (code, each) => void sendOutcome(answer(code, each))),
    );
  });

  it("prefers Meta's details to its message, and the message to none", () => {
    const body = (more: object) => JSON.stringify({ error: { code: 100, message: '(#100) Invalid', ...more } });
    expect(answer(400, body({ error_data: { details: 'to is wrong' } }))).toMatchObject({
      error: { details: 'to is wrong' },
    });
    expect(answer(400, body({}))).toMatchObject({ error: { details: '(#100) Invalid' } });
  });
});
