import type { Caller } from '@postrider/service-host';

/** Whose rows a caller sees, and whether numbers, names and words among them. */
export interface Viewer {
  readonly workspaceId: string;
  readonly seesPeople: boolean;
}

export const seesPeople = ({ workspaceId, scopes }: Caller): Viewer => ({
  workspaceId,
  seesPeople: scopes.includes('personal'),
});
