import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import {
  CallerParam,
  Describe,
  pageQuery,
  parseBody,
  parseId,
  parseQuery,
  Problem,
  QueryOf,
  RequireScope,
  type Caller,
} from '@postrider/service-host';
import { z } from 'zod';
import { ConsentBody, consentsMax } from './consent-body';
import { ImportDefaults } from './csv-row';
import type { ImportConsents } from './import-consents.handler';
import type { RecordConsents } from './record-consent.handler';
import type { ShowImports } from './show-imports.handler';
import type { RejectedRow } from './write-consents';

export const RecordConsentsToken = Symbol('RecordConsents');
export const ImportConsentsToken = Symbol('ImportConsents');
export const ShowImportsToken = Symbol('ShowImports');

const otherBodies = {
  'text/csv':
    'A header line with `phone` or `userId`, `purpose`, `state`, `source`, and where wanted `proof`, `senderId`, `at`; then a line for each person. What has no column may stand in the query: `?purpose=marketing&state=granted&source=shop`.',
};

@Controller('v1/consents')
export class RecordConsentRoute {
  constructor(
    @Inject(RecordConsentsToken) private readonly record: RecordConsents,
    @Inject(ImportConsentsToken) private readonly importing: ImportConsents,
    @Inject(ShowImportsToken) private readonly imports: ShowImports,
  ) {}

  @Post()
  @HttpCode(200)
  @RequireScope('send')
  @Describe({
    summary: 'Records who agreed to what, from one to a thousand, or a file of any length',
    body: z.union([ConsentBody, z.array(ConsentBody).max(consentsMax)]),
    otherBodies,
    query: ImportDefaults,
  })
  async put(
    @CallerParam() caller: Caller,
    @Headers('content-type') contentType: string | undefined,
    @Query() query: unknown,
    @Body() raw: unknown,
  ) {
    const type = contentType?.split(';')[0]?.trim().toLowerCase();
    if (type === 'text/csv')
      return this.importing(caller, raw as AsyncIterable<Buffer>, parseQuery(ImportDefaults, query));
    if (type !== undefined && type !== 'application/json') {
      throw new Problem('unsupported-media-type', 'Consents come as application/json or text/csv.');
    }
    return this.rows(caller, raw);
  }

  @Get('imports')
  @RequireScope('send')
  @Describe({ summary: 'Lists the files of consents that were imported, the newest first, and how far each is' })
  async all(@CallerParam() caller: Caller, @QueryOf(pageQuery) query: z.infer<typeof pageQuery>) {
    return this.imports.all(caller, query);
  }

  @Get('imports/:id')
  @RequireScope('send')
  @Describe({ summary: 'Shows how far an import is' })
  async one(@CallerParam() caller: Caller, @Param('id') id: string) {
    return this.imports.one(caller, parseId(id, 'import'));
  }

  @Get('imports/:id/errors')
  @RequireScope('send')
  @Describe({ summary: 'Lists the lines of an import that could not be taken' })
  async errors(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @QueryOf(pageQuery) query: z.infer<typeof pageQuery>,
  ) {
    return this.imports.errors(caller, parseId(id, 'import'), query);
  }

  private async rows(caller: Caller, raw: unknown) {
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
