/** Of a conversation, by any of its ids. */
export const findConversation = `
  select sender_id, alias_key from last_word where workspace_id = $1 and conversation_id = $2`;

/** The latest of several conversations that are one. */
export const findLastWord = `
  select wamid, at from last_word where conversation_id = any($1) order by at desc, wamid desc limit 1`;
