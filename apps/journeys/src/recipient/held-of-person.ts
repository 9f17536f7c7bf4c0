import type { HeldOfPerson } from '@postrider/service-host';
import type { Pool } from 'pg';

/** The rows of audiences that say something of a person, and the messages that were frozen for them. */
export function heldOfPerson({ pool }: { pool: Pool }): HeldOfPerson {
  return async ({ workspaceId, aliasKeys }) => {
    const members = await pool.query<{ campaignId: string; personal: Buffer }>(
      `select campaign_id as "campaignId", personal from audience_member join audience using (audience_id)
        where workspace_id = $1 and person_key = any($2)`,
      [workspaceId, aliasKeys],
    );
    const recipients = await pool.query<{ campaignId: string; command: Buffer }>(
      `select recipient.campaign_id as "campaignId", occurrence, recipient.state, code, message_id as "messageId", command
         from recipient join campaign using (campaign_id) where workspace_id = $1 and person_key = any($2)`,
      [workspaceId, aliasKeys],
    );
    return {
      audiences: members.rows.map(({ personal, ...row }) => ({ ...row, row: read(personal) })),
      recipients: recipients.rows.map(({ command, ...row }) => ({ ...row, command: read(command) })),
    };
  };
}

const read = (bytes: Buffer): unknown => (bytes.length === 0 ? null : (JSON.parse(bytes.toString('utf8')) as unknown));
