import { usageOf } from './usage';

describe('usageOf', () => {
  it("reads what Meta's rate headers say", () => {
    expect(
      usageOf({
        'x-app-usage': '{"call_count":28,"total_time":25,"total_cputime":25}',
        'x-business-use-case-usage':
          '{"2000000000000001":[{"type":"whatsapp","call_count":100,"estimated_time_to_regain_access":7}]}',
      }),
    ).toEqual({
      app: { callCount: 28, totalTime: 25, totalCpuTime: 25 },
      business: { '2000000000000001': [{ type: 'whatsapp', callCount: 100, regainAccessMs: 420_000 }] },
    });
  });

  it.each([[{}], [{ 'x-app-usage': 'none' }], [{ 'x-app-usage': '[]' }]])(
    'says nothing of headers like %j',
    (headers) => {
      expect(usageOf(headers)).toBeUndefined();
    },
  );
});
