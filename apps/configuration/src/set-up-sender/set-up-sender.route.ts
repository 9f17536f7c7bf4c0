import { Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ProfileChange } from '@postrider/cloud-api-payloads';
import { askedBy, BodyOf, type Caller, CallerParam, Describe, parseId, RequireScope } from '@postrider/service-host';
import { z } from 'zod';
import { Locale } from '../channel/channel-body';
import { ConfiguredViews } from '../views/configured';
import { showSender } from '../views/shown';
import { SetUpSender } from './set-up-sender.handler';

const sixDigits = z.string().regex(/^\d{6}$/, 'six digits');
const CodeRequest = z.strictObject({ method: z.enum(['SMS', 'VOICE']), language: Locale });
const Code = z.strictObject({ code: z.string().regex(/^\d{3}-?\d{3}$/, 'six digits') });
const Registration = z.strictObject({ pin: sixDigits });
const Webhook = z.strictObject({ override: z.boolean() });

@Controller('v1/senders')
@RequireScope('configure')
export class SetUpSenderRoute {
  constructor(
    @Inject(SetUpSender) private readonly senders: SetUpSender,
    @Inject(ConfiguredViews) private readonly views: ConfiguredViews,
  ) {}

  @Post(':id/request-code')
  @HttpCode(204)
  @Describe({ summary: 'Has Meta send a code to the number', answers: { 204: 'It is on its way' } })
  requestCode(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @BodyOf(CodeRequest) body: z.infer<typeof CodeRequest>,
  ) {
    return this.senders.requestCode(parseId(id, 'sender'), body, askedBy(caller));
  }

  @Post(':id/verify-code')
  @HttpCode(204)
  @Describe({ summary: 'Proves by the code that the number is yours', answers: { 204: 'It is verified' } })
  verifyCode(@CallerParam() caller: Caller, @Param('id') id: string, @BodyOf(Code) body: z.infer<typeof Code>) {
    return this.senders.verifyCode(parseId(id, 'sender'), body.code.replace('-', ''), askedBy(caller));
  }

  @Post(':id/register')
  @HttpCode(200)
  @Describe({ summary: 'Registers a verified number for the Cloud API under a PIN; ten times in 72 hours at most' })
  async register(
    @CallerParam() caller: Caller,
    @Param('id') raw: string,
    @BodyOf(Registration) body: z.infer<typeof Registration>,
  ): Promise<unknown> {
    const id = parseId(raw, 'sender');
    await this.senders.register(id, body.pin, askedBy(caller));
    const row = await this.views.one('sender', caller.workspaceId, id);
    return row && showSender(this.views, row);
  }

  @Put(':id/webhook')
  @Describe({ summary: "Has the number's messages delivered here by an address of its own, or takes that away" })
  overrideWebhook(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @BodyOf(Webhook) { override }: z.infer<typeof Webhook>,
  ): Promise<unknown> {
    return this.senders.overrideWebhook(parseId(id, 'sender'), override, askedBy(caller));
  }

  @Get(':id/profile')
  @RequireScope('read')
  @Describe({ summary: 'What people see of the number, as Meta has it' })
  profile(@CallerParam() caller: Caller, @Param('id') id: string): Promise<unknown> {
    return this.senders.profile(parseId(id, 'sender'), askedBy(caller));
  }

  @Put(':id/profile')
  @Describe({ summary: 'Changes what people see of the number; what is left out stays' })
  async changeProfile(
    @CallerParam() caller: Caller,
    @Param('id') raw: string,
    @BodyOf(ProfileChange) body: ProfileChange,
  ): Promise<unknown> {
    const id = parseId(raw, 'sender');
    await this.senders.changeProfile(id, body, askedBy(caller));
    return this.senders.profile(id, askedBy(caller));
  }
}
