import type { HeldOfPerson } from '@postrider/service-host';
import type { Pool } from 'pg';
import { commandPlace, jsonIn, memberPlace, type SealedRows } from '../audience/sealed-rows';

interface Member {
  readonly campaignId: string;
  readonly audienceId: string;
  readonly personKey: string;
  readonly personal: Buffer;
}

interface Recipient {
  readonly campaignId: string;
  readonly recipientId: string;
  readonly command: Buffer;
}

/** The rows of audiences that say something of a person, and the messages that were frozen for them. */
export function heldOfPerson({ pool, rows }: { pool: Pool; rows: Pick<SealedRows, 'open'> }): HeldOfPerson {
  return async ({ workspaceId, aliasKeys }) => {
    const members = await pool.query<Member>(
      `select campaign_id as "campaignId", audience_id as "audienceId", person_key as "personKey", personal
         from audience_member join audience using (audience_id) where workspace_id = $1 and person_key = any($2)`,
      [workspaceId, aliasKeys],
    );
    const recipients = await pool.query<Recipient>(
      `select recipient.campaign_id as "campaignId", occurrence, recipient.state, code, message_id as "messageId",
              recipient_id as "recipientId", command
         from recipient join campaign using (campaign_id) where workspace_id = $1 and person_key = any($2)`,
      [workspaceId, aliasKeys],
    );
    const ofMembers = await rows.open(
      members.rows.map(({ audienceId, personKey, personal }) => ({
        place: memberPlace(audienceId, personKey),
        bytes: personal,
      })),
    );
    const commands = await rows.open(
      recipients.rows.map(({ recipientId, command }) => ({ place: commandPlace(recipientId), bytes: command })),
    );
    return {
      audiences: members.rows.map(({ campaignId }, at) => ({ campaignId, row: read(ofMembers[at]) })),
      recipients: recipients.rows.map(({ recipientId: _, ...row }, at) => ({ ...row, command: read(commands[at]) })),
    };
  };
}

const read = (bytes: Buffer | undefined): unknown => (bytes === undefined ? null : jsonIn(bytes));
