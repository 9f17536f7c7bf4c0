import { z } from 'zod';
import { seconds, some, wireId } from './wire';

/** The template a change is about. The id is an integer of 64 bits on the wire and a text here. */
const template = {
  message_template_id: wireId,
  message_template_name: some,
  message_template_language: some,
};

/** Fields that tell of templates. `event` and scores are open lists: a new one must not break the reader. */
export const templateFields = {
  message_template_status_update: z.looseObject({
    ...template,
    event: z.string(),
    reason: some.nullable(),
    message_template_category: some,
    disable_info: z.looseObject({ disable_date: z.union([z.string(), z.number()]).optional() }).nullish(),
    other_info: z.looseObject({ title: some, description: some }).nullish(),
    rejection_info: z.looseObject({ reason: some, recommendation: some }).nullish(),
  }),
  message_template_quality_update: z.looseObject({
    ...template,
    previous_quality_score: some,
    new_quality_score: z.string(),
  }),
  message_template_components_update: z.looseObject({
    ...template,
    message_template_title: some,
    message_template_element: some,
    message_template_footer: some,
    message_template_buttons: z
      .array(
        z.looseObject({
          message_template_button_type: some,
          message_template_button_text: some,
          message_template_button_url: some,
          message_template_button_phone_number: some,
        }),
      )
      .optional(),
  }),
  /** With `correct_category` it announces a change a day ahead; with `previous_category` it tells of one done. */
  template_category_update: z.looseObject({
    ...template,
    new_category: z.string(),
    previous_category: some,
    correct_category: some,
    category_update_timestamp: seconds.optional(),
  }),
  template_correct_category_detection: z.looseObject({ message_template_id: wireId.optional() }),
};
