import type { PersonalParts } from '@postrider/event-store';
import { isPartBox } from '@postrider/keys';

/** Whose rows: those of one campaign are under one key, which ends when they are forgotten. */
export interface OfCampaign {
  readonly workspaceId: string;
  readonly campaignId: string;
}

/** What a row holds, and the place it is for: it opens there alone. */
export interface PlacedRow {
  readonly place: string;
  readonly bytes: Buffer;
}

export interface SealedRows {
  seal(campaign: OfCampaign, rows: readonly PlacedRow[]): Promise<Buffer[]>;
  /** In order; undefined where there is nothing, or the campaign's rows are forgotten. */
  open(rows: readonly PlacedRow[]): Promise<(Buffer | undefined)[]>;
}

export const memberPlace = (audienceId: string, personKey: string): string => `audience/${audienceId}/${personKey}`;
export const commandPlace = (recipientId: string): string => `recipient/${recipientId}`;
export const campaignSubject = (campaignId: string): string => `campaign ${campaignId}`;

/**
 * Seals rows of audiences and frozen messages. A key a person would be a million keys for a million rows, each made,
 * stored and published; so it is a key a campaign, and the row of a person who is erased is taken away.
 */
export function sealedRows(parts: Pick<PersonalParts, 'sealer' | 'openBoxes'>): SealedRows {
  return {
    async seal({ workspaceId, campaignId }, rows) {
      const owners = { workspaceId, subjects: [campaignSubject(campaignId)] };
      const seal = await parts.sealer([owners]);
      return rows.map(({ place, bytes }) => (bytes.length === 0 ? bytes : seal(owners, place, bytes)));
    },
    async open(rows) {
      const isSealed = ({ bytes }: PlacedRow): boolean => bytes.length > 0 && isPartBox(bytes);
      const opened = await parts.openBoxes(
        rows.filter(isSealed).map(({ place, bytes }) => ({ box: bytes, context: place })),
      );
      // Rows that were stored before rows were sealed are what they hold.
      return rows.map((row) => (isSealed(row) ? opened.shift() : row.bytes.length === 0 ? undefined : row.bytes));
    },
  };
}

/** The JSON in a row. */
export const jsonIn = <T>(bytes: Buffer): T => JSON.parse(bytes.toString('utf8')) as T;
