import { EntitySchema } from 'typeorm';

/** A list of people as it was uploaded. `taking` until it is whole, then `taken`; `failed` ones are never used. */
export interface AudienceRow {
  audienceId: string;
  workspaceId: string;
  campaignId: string;
  state: 'taking' | 'taken' | 'failed';
  columns: string[];
  rows: number;
  people: number;
  wrong: number;
  repeated: number;
  begunAt: Date;
  /** Of a list that is gathered from contacts: where its last page ended. */
  gatheredTo: string | null;
}

export const AudienceTable = new EntitySchema<AudienceRow>({
  name: 'audience',
  columns: {
    audienceId: { name: 'audience_id', type: 'uuid', primary: true },
    workspaceId: { name: 'workspace_id', type: 'uuid' },
    campaignId: { name: 'campaign_id', type: 'uuid' },
    state: { type: 'text' },
    columns: { type: 'text', array: true },
    rows: { type: 'int' },
    people: { type: 'int' },
    wrong: { type: 'int' },
    repeated: { type: 'int' },
    begunAt: { name: 'begun_at', type: 'timestamptz' },
    gatheredTo: { name: 'gathered_to', type: 'uuid', nullable: true },
  },
  indices: [{ name: 'audience_campaign', columns: ['campaignId', 'begunAt'] }],
});

export interface AudienceMemberRow {
  audienceId: string;
  personKey: string;
  line: number;
  country: string | null;
  /** UTF-8 JSON of `Member`. */
  personal: Buffer;
}

export const AudienceMemberTable = new EntitySchema<AudienceMemberRow>({
  name: 'audience_member',
  columns: {
    audienceId: { name: 'audience_id', type: 'uuid', primary: true },
    personKey: { name: 'person_key', type: 'text', primary: true },
    line: { type: 'int' },
    country: { type: 'text', nullable: true },
    personal: { type: 'bytea' },
  },
  indices: [{ name: 'audience_member_line', columns: ['audienceId', 'line'] }],
});

export interface AudienceErrorRow {
  audienceId: string;
  line: number;
  code: string;
  detail: string;
}

export const AudienceErrorTable = new EntitySchema<AudienceErrorRow>({
  name: 'audience_error',
  columns: {
    audienceId: { name: 'audience_id', type: 'uuid', primary: true },
    line: { type: 'int', primary: true },
    code: { type: 'text' },
    detail: { type: 'text' },
  },
});
