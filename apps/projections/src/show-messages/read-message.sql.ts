/** The view with the decision, which is stored apart. */
export const wholeView = `coalesce(jsonb_set(view, '{decision,decision}', decision), view) as view`;

export const readMessage = `
select ${wholeView}, personal from message where message_id = $1 and workspace_id = $2`;
