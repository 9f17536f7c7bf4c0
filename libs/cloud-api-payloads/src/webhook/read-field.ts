import type { z } from 'zod';
import type { Problem } from '../problems';
import { accountFields } from './account-fields';
import { conversationFields } from './conversation-fields';
import type { MetaValue, WebhookChange } from './parse-webhook';
import { templateFields } from './template-fields';
import { readItem } from './wire';

const schemas = { ...templateFields, ...accountFields, ...conversationFields };

/** Every webhook field whose value is one thing; `messages` and its like are read by `readMessages`. */
export type FieldName = keyof typeof schemas;
export type FieldValue<F extends FieldName> = z.infer<(typeof schemas)[F]>;
export const fieldNames = Object.keys(schemas) as FieldName[];

/** Fields whose value is shaped like that of `messages`. */
export const messageFields = ['messages', 'standby', 'smb_message_echoes', 'message_echoes'] as const;
export type MessageField = (typeof messageFields)[number];

/** Whether a change holds messages or statuses, to be read by `readMessages`. */
export const isMessageField = (field: string): field is MessageField =>
  (messageFields as readonly string[]).includes(field);

export type FieldReading =
  | {
      [F in FieldName]: {
        readonly kind: 'read';
        readonly field: F;
        readonly value: FieldValue<F>;
        readonly raw: MetaValue;
      };
    }[FieldName]
  | { readonly kind: 'unknown-field'; readonly field: string; readonly raw: MetaValue }
  | {
      readonly kind: 'broken';
      readonly field: FieldName;
      readonly problems: readonly Problem[];
      readonly raw: MetaValue;
    };

/** Reads the value of any field but those of messages. A field that is not known, or a broken value, is given raw. */
export function readField({ field, value }: Pick<WebhookChange, 'field' | 'value'>): FieldReading {
  if (!Object.hasOwn(schemas, field)) return { kind: 'unknown-field', field, raw: value };
  const name = field as FieldName;
  const item = readItem<unknown>(schemas[name], value);
  if (!item.ok) return { kind: 'broken', field: name, problems: item.problems, raw: value };
  return { kind: 'read', field: name, value: item.value, raw: value } as FieldReading;
}
