import { callingErrors } from './calling-errors';
import { contentErrors } from './content-errors';
import type { ErrorRow } from './error-row';
import { graphErrors } from './graph-errors';
import { managementErrors } from './management-errors';
import { recipientErrors, senderErrors } from './message-errors';

/** Every code of Meta's that is known, in one list. Source: Meta's error-code pages of September 2026. */
export const errorRows: readonly ErrorRow[] = [
  ...graphErrors,
  ...recipientErrors,
  ...senderErrors,
  ...contentErrors,
  ...managementErrors,
  ...callingErrors,
];
const byCode = new Map(errorRows.map((row) => [row.metaCode, row]));

/** The row of a code; 201 to 299 are permissions that are not granted. Nothing for a code that is not known. */
export function errorRow(metaCode: number): ErrorRow | undefined {
  if (metaCode > 200 && metaCode < 300) {
    const permission = byCode.get(200);
    return permission && { ...permission, metaCode };
  }
  return byCode.get(metaCode);
}
