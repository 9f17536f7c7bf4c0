import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { CallerParam, parseBody, Problem, RequireScope, type Caller } from '@postrider/service-host';
import { ConsentBody, consentsMax } from './consent-body';
import type { RecordConsents, RejectedRow } from './record-consent.handler';

export const RecordConsentsToken = Symbol('RecordConsents');

@Controller('v1/consents')
@RequireScope('send')
export class RecordConsentRoute {
  constructor(@Inject(RecordConsentsToken) private readonly record: RecordConsents) {}

  @Post()
  @HttpCode(200)
  async rows(@CallerParam() caller: Caller, @Body() raw: unknown) {
    if (!Array.isArray(raw)) return this.record(caller, [{ index: 0, row: parseBody(ConsentBody, raw) }]);
    if (raw.length > consentsMax) {
      throw new Problem('malformed', `At most ${consentsMax} rows at once.`, {
        errors: [{ path: '', message: `at most ${consentsMax} rows` }],
      });
    }
    const rejected: RejectedRow[] = [];
    const rows = (raw as unknown[]).flatMap((given, index) => {
      const parsed = ConsentBody.safeParse(given);
      if (parsed.success) return [{ index, row: parsed.data }];
      const [issue] = parsed.error.issues;
      rejected.push({ index, code: 'malformed', detail: `${issue?.path.join('.')}: ${issue?.message}` });
      return [];
    });
    const result = await this.record(caller, rows);
    return {
      accepted: result.accepted,
      rejected: [...rejected, ...result.rejected].sort((a, b) => a.index - b.index),
    };
  }
}
