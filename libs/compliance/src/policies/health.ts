import { z } from 'zod';

/** Of a workspace whose trade is regulated: which templates may be sent, as somebody vouches that they hold nothing about a person's health. */
export const HealthPolicy = z.strictObject({
  regulated: z.boolean().default(false),
  freeOfHealthContent: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(512),
        /** Without it, the template in every language. */
        language: z.string().min(1).max(35).optional(),
      }),
    )
    .max(5_000)
    .default([]),
});
export type HealthPolicy = z.infer<typeof HealthPolicy>;

/** Whether a template is on the policy's list. */
export const isFreeOfHealthContent = (
  policy: HealthPolicy,
  template: { readonly name: string; readonly language: string },
): boolean =>
  policy.freeOfHealthContent.some(
    ({ name, language }) => name === template.name && (language === undefined || language === template.language),
  );
