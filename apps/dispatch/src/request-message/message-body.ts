import { contents, SendComponents, type ContentType } from '@postrider/cloud-api-payloads';
import { UnknownPolicy } from '@postrider/event-contracts';
import { liquidProblem } from '@postrider/personalisation';
import { z } from 'zod';
import { To } from '../contact/recipient';

const scalar = z.union([z.string().max(4096), z.number(), z.boolean()]);

const Template = z.strictObject({
  name: z.string().min(1).max(512),
  /** Left out, it is the person's, else the fallback, else the channel's. */
  language: z.string().min(1).max(35).optional(),
  /** Instead of a language that the template does not have, or not approved. */
  fallback: z.string().min(1).max(35).optional(),
  /** A list fills the variables in their order, an object by name; with `data`, each is Liquid over it. */
  variables: z.union([z.array(scalar).max(100), z.record(z.string(), scalar)]).optional(),
  /** Instead of variables: the components as Meta's API takes them. */
  components: SendComponents.optional(),
});

const { template: _, ...freeForm } = contents;
export type FreeFormType = Exclude<ContentType, 'template'>;
export const freeFormTypes = Object.keys(freeForm) as FreeFormType[];

const optional = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).partial().shape;

/** One message, as `POST /v1/messages`, a line of a batch and a command on Kafka have it. */
export const MessageBody = z
  .strictObject({
    /** The channel's name or id. */
    channel: z.string().min(1).max(200),
    to: To,
    template: Template.optional(),
    ...optional(freeForm),
    /** May be left out: the content says it. */
    type: z.string().optional(),
    /** The message that this one quotes. */
    context: z.strictObject({ message_id: z.string().min(1).max(1000) }).optional(),
    /** What the template's variables are filled from: Liquid over it, or by name where none are given. */
    data: z.record(z.string(), z.unknown()).optional(),
    reference: z.string().min(1).max(200).optional(),
    onUnknown: UnknownPolicy.optional(),
    scheduledAt: z.iso.datetime({ offset: true }).optional(),
    expiresAt: z.iso.datetime({ offset: true }).optional(),
    test: z.boolean().optional(),
  })
  .superRefine((body, context) => {
    const given = (['template', ...freeFormTypes] as const).filter((type) => body[type] !== undefined);
    const finding = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (given.length === 0) finding('template', `give a template or one of ${freeFormTypes.join(', ')}`);
    if (given.length > 1) finding(given[1]!, `give one content, not ${given.join(' and ')}`);
    if (body.type !== undefined && given.length === 1 && body.type !== given[0]) {
      finding('type', `the content is of type ${given[0]}`);
    }
    if (body.template?.variables !== undefined && body.template.components !== undefined) {
      finding('template', 'give variables or components, not both');
    }
    const unreadable = body.data && body.template?.variables && liquidProblem(body.template.variables);
    if (unreadable) finding(`template.${unreadable.path}`, unreadable.message);
  });
export type MessageBody = z.infer<typeof MessageBody>;

export const batchMax = 1_000;

export const BatchBody = z.strictObject({
  messages: z.array(MessageBody).min(1).max(batchMax),
  /** The batch leaves no faster than this, from its first message on. */
  ratePerSecond: z.number().positive().max(1_000).optional(),
});
