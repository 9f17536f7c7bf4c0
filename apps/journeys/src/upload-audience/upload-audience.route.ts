import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  CallerParam,
  Describe,
  pageQuery,
  parseId,
  Problem,
  QueryOf,
  RequireScope,
  type Caller,
} from '@postrider/service-host';
import type { z } from 'zod';
import type { ShowAudience } from './show-audience.handler';
import type { UploadAudience } from './upload-audience.handler';

export const UploadAudienceToken = Symbol('UploadAudience');
export const ShowAudienceToken = Symbol('ShowAudience');

const formats: Readonly<Record<string, 'csv' | 'json-lines'>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'json-lines',
  'application/jsonl': 'json-lines',
};
const otherBodies = {
  'text/csv': 'A header line with a column `phone` or `userId`, then a line for each person.',
  'application/x-ndjson': 'An object for each person, one on a line.',
};

@Controller('v1/campaigns')
export class UploadAudienceRoute {
  constructor(
    @Inject(UploadAudienceToken) private readonly upload: UploadAudience,
    @Inject(ShowAudienceToken) private readonly show: ShowAudience,
  ) {}

  @Post(':id/audience')
  @HttpCode(200)
  @RequireScope('send')
  @Describe({ summary: 'Uploads the people of a campaign, in place of those before', otherBodies })
  async put(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Headers('content-type') contentType: string | undefined,
    @Body() source: unknown,
  ) {
    const format = formats[contentType?.split(';')[0]?.trim().toLowerCase() ?? ''];
    if (format === undefined || !isStream(source)) {
      throw new Problem('unsupported-media-type', 'An audience comes as text/csv or application/x-ndjson.');
    }
    return this.upload(caller, parseId(id, 'campaign'), format, source);
  }

  @Get(':id/audience')
  @RequireScope('read')
  @Describe({ summary: 'Shows how far the newest upload is' })
  async progress(@CallerParam() caller: Caller, @Param('id') id: string) {
    return this.show.progress(caller, parseId(id, 'campaign'));
  }

  @Get(':id/audience/errors')
  @RequireScope('read')
  @Describe({ summary: 'Lists the rows that could not be taken, by line' })
  async errors(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @QueryOf(pageQuery) query: z.infer<typeof pageQuery>,
  ) {
    return this.show.errors(caller, parseId(id, 'campaign'), query);
  }
}

const isStream = (source: unknown): source is AsyncIterable<Buffer> =>
  typeof source === 'object' && source !== null && Symbol.asyncIterator in source;
