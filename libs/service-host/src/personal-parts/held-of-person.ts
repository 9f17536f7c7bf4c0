import { z } from 'zod';

/** A person who asks what is held about them: every contact and alias that is them. */
export const WholePerson = z.object({
  workspaceId: z.uuid(),
  contactIds: z.array(z.uuid()),
  aliasKeys: z.array(z.string()),
});
export type WholePerson = z.infer<typeof WholePerson>;

/** What a service holds of a person, beside what stands in the contact itself. */
export type HeldOfPerson = (person: WholePerson) => Promise<Readonly<Record<string, unknown>>>;

export const heldPath = '/internal/held-of-person';
