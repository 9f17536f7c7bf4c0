import fc from 'fast-check';
import type { Update } from '../world/jobs';
import { composeBody, escapeUnicode } from './compose';

const status = (wabaId: string, id: string, name: string): Update => ({
  wabaId,
  field: 'messages',
  value: { metadata: {}, statuses: [{ id, status: name }] },
  note: { about: name },
});

describe('a webhook body', () => {
  it('is ASCII and means the same as before it was escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = escapeUnicode(JSON.stringify({ text }));
        expect(json).toMatch(/^[\x00-\x7f]*$/);
        expect(JSON.parse(json)).toEqual({ text });
      }),
    );
  });

  it('has an entry for each run of an account, and one value for statuses of one message that travel together', () => {
    const body = JSON.parse(
      composeBody([
        status('1', 'a', 'sent'),
        status('1', 'a', 'delivered'),
        status('1', 'b', 'sent'),
        status('2', 'c', 'sent'),
      ]),
    ) as { entry: { id: string; changes: { value: { statuses: unknown[] } }[] }[] };
    expect(body.entry.map((entry) => [entry.id, entry.changes.map((change) => change.value.statuses.length)])).toEqual([
      ['1', [2, 1]],
      ['2', [1]],
    ]);
  });

  it('writes template ids as integers without losing a digit', () => {
    const update: Update = {
      wabaId: '1',
      field: 'message_template_status_update',
      timeSeconds: 7,
      value: { message_template_id: '90071992547409931' },
      note: { about: '' },
    };
    expect(composeBody([update])).toBe(
      '{"object":"whatsapp_business_account","entry":[{"id":"1","time":7,"changes":[{"value":{"message_template_id":90071992547409931},"field":"message_template_status_update"}]}]}',
    );
  });
});
