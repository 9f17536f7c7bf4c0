export const changeTypes = ['message', 'conversation', 'alarm'] as const;
export type ChangeType = (typeof changeTypes)[number];

/** Something that can be seen has changed. Holds nothing personal: who wants to know more asks for it by id. */
export interface Change {
  readonly workspaceId: string;
  readonly type: ChangeType;
  readonly data: Readonly<Record<string, unknown>>;
}
