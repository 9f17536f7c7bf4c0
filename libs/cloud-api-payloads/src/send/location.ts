import { z } from 'zod';
import { nonEmpty } from '../shape';

/** Degrees: a number, or a text that holds one (Meta's own examples use both). */
const degrees = (most: number) =>
  z
    .union([z.number(), z.string().regex(/^-?\d{1,3}(\.\d{1,30})?$/, 'must be a number')])
    .refine((value) => Math.abs(Number(value)) <= most, `must be between -${most} and ${most}`);

export const Location = z.strictObject({
  latitude: degrees(90),
  longitude: degrees(180),
  name: nonEmpty.max(1000).optional(),
  address: nonEmpty.max(1000).optional(),
});
