export const readMessage = `
select view, personal from message where message_id = $1 and workspace_id = $2`;
