import { z } from 'zod';

export const inboundShape = z.object({
  phoneNumberId: z.string(),
  /** A phone number or a BSUID. */
  from: z
    .string()
    .regex(/^(\+?[\d\s().-]{5,25}|[A-Z]{2}\.[A-Za-z0-9.]{1,128})$/, 'a phone number or a BSUID is expected'),
  name: z.string().optional(),
  username: z.string().optional(),
  message: z.looseObject({ type: z.string().min(1) }),
});

export const preferenceShape = z.object({
  phoneNumberId: z.string(),
  user: z.string().min(3),
  marketing: z.enum(['stop', 'resume']),
});

export const personShape = z.object({
  phoneNumberId: z.string(),
  user: z.string().min(3),
  name: z.string().optional(),
  username: z.string().optional(),
  persona: z
    .string()
    .regex(/^\d\d$/)
    .optional(),
  failsWith: z.number().int().nullable().optional(),
});

export const faultShape = z.strictObject({
  on: z.string().min(1),
  kind: z.enum([
    'error',
    'timeout',
    'reset',
    'timeout-after-accept',
    'duplicate',
    'reorder',
    'drop',
    'delay',
    'batch',
    'oversize',
    'forge',
  ]),
  rate: z.number().min(0).max(1).optional(),
  code: z.number().int().optional(),
  delayMs: z.number().min(0).optional(),
  times: z.number().int().positive().optional(),
  match: z.record(z.string(), z.unknown()).optional(),
});

export const clockShape = z.object({ advanceMs: z.number().min(0) });
export const resetShape = z.object({ keepWebhooks: z.boolean().optional() });

export const templateShape = z.object({
  event: z.string().min(1).optional(),
  reason: z.string().optional(),
  category: z.enum(['MARKETING', 'UTILITY', 'AUTHENTICATION']).optional(),
  quality: z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']).optional(),
  inMs: z.number().min(0).optional(),
});

export const accountShape = z.strictObject({
  status: z.enum(['ACTIVE', 'RESTRICTED', 'DISABLED']).optional(),
  paymentMissing: z.boolean().optional(),
  marketingDisabledOnCloudApi: z.boolean().optional(),
  marketingMessagesStatus: z.enum(['ELIGIBLE', 'ONBOARDED']).optional(),
});

export const numberShape = z.strictObject({
  status: z.string().optional(),
  quality: z.enum(['GREEN', 'YELLOW', 'RED', 'NA', 'UNKNOWN']).optional(),
  registered: z.boolean().optional(),
  throughputPerSecond: z.number().positive().optional(),
  accountMode: z.enum(['LIVE', 'SANDBOX']).optional(),
  allowedRecipients: z.array(z.string()).max(5).optional(),
});

export const portfolioShape = z.strictObject({
  messagingLimit: z.union([z.number().int().positive(), z.literal('unlimited')]).optional(),
  verified: z.boolean().optional(),
});

export const tokenShape = z.strictObject({
  appId: z.string().optional(),
  portfolioIds: z.array(z.string()).optional(),
  wabaIds: z.array(z.string()).optional(),
  scopes: z.array(z.string()).optional(),
  /** In seconds from now; 0 = never. */
  expiresInSeconds: z.number().optional(),
});
