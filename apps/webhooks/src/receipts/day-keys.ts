/** Deliveries mix workspaces, so their keys belong to none. */
export const noWorkspace = '00000000-0000-0000-0000-000000000000';

const receipts = 'receipts ';
const raw = 'raw ';

/** The day in UTC that a delivery came, by whose key it is sealed. */
const dayOf = (receivedAt: Date): string => receivedAt.toISOString().slice(0, 10);

/** Whose key seals the receipts of a day. */
export const receiptsSubject = (receivedAt: Date): string => `${receipts}${dayOf(receivedAt)}`;

/** Whose key, in each workspace, seals what came on a day and names nobody that could surely be told. */
export const rawSubject = (receivedAt: Date): string => `${raw}${dayOf(receivedAt)}`;

/** The ranges of subjects of days before one, from the first inclusive to the last exclusive. */
export const daysBefore = (moment: Date): readonly { from: string; to: string }[] => [
  { from: receipts, to: receiptsSubject(moment) },
  { from: raw, to: rawSubject(moment) },
];
