import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  CallerParam,
  Describe,
  parseId,
  Problem,
  RequireScope,
  ShowsPeople,
  type Caller,
} from '@postrider/service-host';
import { z } from 'zod';
import type { EraseContact } from './erase-contact.handler';
import type { ExportContact } from './export-contact.handler';

export const EraseContactToken = Symbol('EraseContact');
export const ExportContactToken = Symbol('ExportContact');

const Gone = z.object({ id: z.uuid(), erasedAt: z.iso.datetime() });

@Controller('v1/contacts')
export class EraseContactRoute {
  constructor(
    @Inject(EraseContactToken) private readonly erase: EraseContact,
    @Inject(ExportContactToken) private readonly held: ExportContact,
  ) {}

  @Post(':id/erase')
  @HttpCode(200)
  @RequireScope('personal')
  @Describe({
    summary:
      'Erases a person for good: what names or quotes them can be read nowhere, and they are not written to again',
    answers: { 200: Gone },
  })
  async one(@CallerParam() caller: Caller, @Param('id') id: string) {
    const gone = await this.erase(caller, parseId(id, 'contact'));
    if (gone === undefined) throw new Problem('not-found', 'There is no contact with this id.');
    return gone;
  }

  @Get(':id/export')
  @RequireScope('personal')
  @ShowsPeople('export')
  @Describe({ summary: 'Gives all that is held about a person, in every service' })
  async all(@CallerParam() caller: Caller, @Param('id') id: string) {
    const held = await this.held(caller, parseId(id, 'contact'));
    if (held === undefined) throw new Problem('not-found', 'There is no contact with this id.');
    return held;
  }
}
