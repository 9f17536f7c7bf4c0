import { z } from 'zod';
import { graphId } from './success';

const some = z.string().nullish();

/** A template as Meta lists it. */
export const ListedTemplate = z.looseObject({
  id: graphId,
  name: some,
  language: some,
  status: some,
  category: some,
  previous_category: some,
  correct_category: some,
  sub_category: some,
  parameter_format: some,
  rejected_reason: some,
  quality_score: z.looseObject({ score: some, date: z.union([z.number(), z.string()]).nullish() }).nullish(),
  components: z.array(z.looseObject({ type: z.string() })).nullish(),
  message_send_ttl_seconds: z.number().nullish(),
  library_template_name: some,
  source: some,
});
export type ListedTemplate = z.infer<typeof ListedTemplate>;

/** The category may come back changed: Meta's word stands. */
export const CreatedTemplate = z.looseObject({ id: graphId, status: some, category: some });
export type CreatedTemplate = z.infer<typeof CreatedTemplate>;
