import { z } from 'zod';

/** Projections reads nothing of its own from the environment. */
export const ProjectionsConfig = z.object({});
export type ProjectionsConfig = z.infer<typeof ProjectionsConfig>;
