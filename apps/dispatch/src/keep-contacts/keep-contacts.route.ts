import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import {
  CallerParam,
  parseBody,
  parseId,
  Problem,
  RequireScope,
  ShowsPeople,
  type Caller,
} from '@postrider/service-host';
import { z } from 'zod';
import type { viewContact } from '../contact/contact-view';
import { ContactBody, type KeepContacts } from './keep-contacts.handler';

export const KeepContactsToken = Symbol('KeepContacts');
export const ViewContactToken = Symbol('ViewContact');
export type ViewContact = (workspaceId: string, contactId: string) => ReturnType<typeof viewContact>;

const contactsMax = 1_000;

@Controller('v1/contacts')
export class KeepContactsRoute {
  constructor(
    @Inject(KeepContactsToken) private readonly keep: KeepContacts,
    @Inject(ViewContactToken) private readonly view: ViewContact,
  ) {}

  @Put()
  @RequireScope('send')
  @ShowsPeople('contact', { toAll: true })
  async put(@CallerParam() caller: Caller, @Body() raw: unknown) {
    const many = Array.isArray(raw);
    const bodies = many ? parseBody(z.array(ContactBody).min(1).max(contactsMax), raw) : [parseBody(ContactBody, raw)];
    const ids = await this.keep(caller, bodies);
    const contacts = await Promise.all(ids.map((id) => this.view(caller.workspaceId, id)));
    return many ? { data: contacts } : contacts[0];
  }

  @Get(':id')
  @RequireScope('personal')
  @ShowsPeople('contact')
  async get(@CallerParam() caller: Caller, @Param('id') id: string) {
    const contact = await this.view(caller.workspaceId, parseId(id, 'contact'));
    if (contact === undefined) throw new Problem('not-found', 'There is no contact with this id.');
    return contact;
  }
}
