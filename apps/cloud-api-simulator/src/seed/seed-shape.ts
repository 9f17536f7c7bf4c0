import { z } from 'zod';
import { settingsShape } from '../world/settings';

const id = z.string().regex(/^\d{1,20}$/, 'an id has 1 to 20 digits');
const button = z.looseObject({ type: z.string(), text: z.string().optional(), url: z.string().optional() });
const plainComponent = z.looseObject({
  type: z.string(),
  format: z.string().optional(),
  text: z.string().optional(),
  buttons: z.array(button).optional(),
});
const component = plainComponent.extend({
  cards: z.array(z.object({ components: z.array(plainComponent) })).optional(),
});
const strictly = {
  fields: z.array(z.string()).optional(),
  callbackUrl: z.url().optional(),
  verifyToken: z.string().optional(),
};

/** The seed file: accounts, numbers, templates and tokens to start with, and settings that differ from the defaults. */
export const seedShape = z.strictObject({
  settings: settingsShape.partial().optional(),
  apps: z.array(z.strictObject({ id, name: z.string(), secret: z.string().min(1), ...strictly })),
  tokens: z.array(
    z.strictObject({
      token: z.string().min(1),
      appId: id,
      portfolioIds: z.array(id),
      wabaIds: z.array(id).optional(),
      scopes: z.array(z.string()).optional(),
      expiresAt: z.iso.datetime().optional(),
    }),
  ),
  portfolios: z.array(
    z.strictObject({
      id,
      name: z.string(),
      messagingLimit: z.union([z.number().int().positive(), z.literal('unlimited')]),
      verified: z.boolean().optional(),
    }),
  ),
  accounts: z.array(
    z.strictObject({
      id,
      name: z.string(),
      portfolioId: id,
      currency: z.string().length(3).optional(),
      country: z.string().length(2).optional(),
      paymentMissing: z.boolean().optional(),
      status: z.enum(['ACTIVE', 'RESTRICTED', 'DISABLED']).optional(),
      marketingMessagesStatus: z.enum(['ELIGIBLE', 'ONBOARDED']).optional(),
    }),
  ),
  numbers: z.array(
    z.strictObject({
      id,
      wabaId: id,
      displayPhoneNumber: z.string().min(5),
      verifiedName: z.string(),
      throughputPerSecond: z.number().positive().optional(),
      registered: z.boolean().optional(),
      pin: z
        .string()
        .regex(/^\d{6}$/)
        .optional(),
      quality: z.enum(['GREEN', 'YELLOW', 'RED', 'NA', 'UNKNOWN']).optional(),
      accountMode: z.enum(['LIVE', 'SANDBOX']).optional(),
      allowedRecipients: z.array(z.string()).max(5).optional(),
    }),
  ),
  templates: z.array(
    z.strictObject({
      id: id.optional(),
      wabaId: id,
      name: z.string().regex(/^[a-z0-9_]{1,512}$/),
      language: z.string(),
      category: z.enum(['MARKETING', 'UTILITY', 'AUTHENTICATION']),
      status: z.enum(['PENDING', 'APPROVED', 'REJECTED', 'PAUSED', 'DISABLED']).optional(),
      parameterFormat: z.enum(['POSITIONAL', 'NAMED']).optional(),
      components: z.array(component),
    }),
  ),
});

export type Seed = z.infer<typeof seedShape>;
