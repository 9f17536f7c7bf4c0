import { TemplateCategory } from '@postrider/event-contracts';
import { z } from 'zod';

/** Meta's types, in either case as Meta takes them. */
const upper = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' ? value.toUpperCase() : value), schema);

const Components = z
  .array(z.looseObject({ type: z.string() }))
  .min(1)
  .max(20);
const ParameterFormat = upper(z.enum(['POSITIONAL', 'NAMED']));

/** `POST /v1/templates`; components are Meta's own. */
export const DraftBody = z.strictObject({
  businessAccountId: z.uuid(),
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(15),
  category: upper(TemplateCategory),
  components: Components,
  parameterFormat: ParameterFormat.optional(),
});

/** `POST /v1/templates/{id}/duplicate`: what is not given stays as it is; something must differ. */
export const DuplicateBody = z
  .strictObject({
    businessAccountId: z.uuid().optional(),
    name: z.string().min(1).max(512).optional(),
    language: z.string().min(2).max(15).optional(),
    category: upper(TemplateCategory).optional(),
  })
  .refine(
    (body) => Object.values(body).some((value) => value !== undefined),
    'say what is to differ: name, language …',
  );

/** `PATCH /v1/templates/{id}`: a name and language are for good. */
export const ReviseBody = z
  .strictObject({
    category: upper(TemplateCategory).optional(),
    components: Components.optional(),
    parameterFormat: ParameterFormat.optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), 'nothing to change');
