import { UserPreference } from './conversation-fields';
import type { MetaValue } from './parse-webhook';
import { Metadata, readItem, readItems, type Item } from './wire';

/** Reads a `user_preferences` change item by item. */
export function readPreferences(value: MetaValue): {
  readonly metadata: Metadata | undefined;
  readonly preferences: readonly Item<UserPreference>[];
} {
  const metadata = readItem(Metadata, value.metadata);
  return {
    metadata: metadata.ok ? metadata.value : undefined,
    preferences: readItems(UserPreference, value.user_preferences),
  };
}
