import type { z } from 'zod';

/** What is asked of the control surface in vain. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface ControlRequest {
  query: Record<string, string | undefined>;
  id: string;
  read<T>(shape: z.ZodType<T>): T;
}
