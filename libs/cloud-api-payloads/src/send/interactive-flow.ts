import { z } from 'zod';
import { limits } from '../limits';
import { id, nonEmpty, text } from '../shape';
import { body, footer, header } from './interactive-parts';

const parameters = z
  .strictObject({
    flow_message_version: z.union([z.string(), z.number()]).optional(),
    flow_id: id.optional(),
    flow_name: nonEmpty.max(200).optional(),
    flow_cta: text(limits.flowCta),
    flow_token: z.string().max(4096).optional(),
    flow_action: z.enum(['navigate', 'data_exchange']).optional(),
    flow_action_payload: z
      .strictObject({ screen: nonEmpty.max(200), data: z.record(z.string(), z.unknown()).optional() })
      .optional(),
    mode: z.enum(['draft', 'published']).optional(),
  })
  .refine(
    (value) => (value.flow_id === undefined) !== (value.flow_name === undefined),
    'needs exactly one of flow_id and flow_name',
  );

export const Flow = z.strictObject({
  type: z.literal('flow'),
  header: header.optional(),
  body,
  footer: footer.optional(),
  action: z.strictObject({ name: z.literal('flow'), parameters }),
});
