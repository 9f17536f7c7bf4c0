import { z } from 'zod';

/** Fields that several bodies share. */
export const MetaId = z.string().regex(/^\d{1,32}$/, "Meta's ids are digits only");
export const Secret = z.string().min(8, 'too short for a secret').max(2_000);
export const Because = z.string().trim().min(1).max(500);
