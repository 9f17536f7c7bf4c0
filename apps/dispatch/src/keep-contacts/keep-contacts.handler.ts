import { Problem, unavailable, type Caller } from '@postrider/service-host';
import { z } from 'zod';
import { change } from '../contact/contact.decider';
import { namePerson } from '../contact/recipient';
import { traitsFold } from '../policies/when-traits-changed';
import { contactsFold } from '../contact/when-contact-changed';
import { writeContacts, type ContactsDeps, type ContactWrite } from '../contact/write-contacts';

const timeZones = new Set(Intl.supportedValuesOf('timeZone'));

/** What a caller knows of a person. `null` removes what was known. */
export const ContactBody = z
  .strictObject({
    phone: z.string().regex(/\d/, 'a phone number has digits').max(40).optional(),
    userId: z.string().min(1).max(200).optional(),
    name: z.string().min(1).max(200).nullable().optional(),
    language: z.string().min(2).max(35).nullable().optional(),
    timeZone: z
      .string()
      .refine((zone) => timeZones.has(zone) || zone === 'UTC', 'not an IANA time zone')
      .nullable()
      .optional(),
    attributes: z.record(z.string().max(100), z.unknown()).optional(),
  })
  .refine(({ phone, userId }) => phone !== undefined || userId !== undefined, {
    path: ['phone'],
    message: 'give a phone or a userId',
  });
export type ContactBody = z.infer<typeof ContactBody>;

export interface KeepContactsDeps extends ContactsDeps {
  identitySecret(workspaceId: string): Promise<Uint8Array>;
}

export type KeepContacts = ReturnType<typeof keepContacts>;

/** Writes down what callers know of people; answers their ids, in order. */
export function keepContacts(deps: KeepContactsDeps) {
  return async (
    caller: Pick<Caller, 'workspaceId' | 'actor' | 'correlationId' | 'traceparent'>,
    bodies: readonly ContactBody[],
  ): Promise<string[]> => {
    const identitySecret = await deps.identitySecret(caller.workspaceId);
    const { workspaceId, actor, correlationId, traceparent } = caller;
    const meta = { workspaceId, actor, correlationId, ...(traceparent === undefined ? {} : { traceparent }) };
    const writes = bodies.map(({ phone, userId, ...wanted }, index): ContactWrite => ({
      person: {
        ...(phone === undefined ? {} : { phone: possibleNumber(identitySecret, phone, index) }),
        ...(userId === undefined ? {} : { userId }),
      },
      via: 'api',
      meta,
      decide: (state, contactId) => change(state, contactId, wanted),
    }));
    const written = await writeContacts(deps, identitySecret, writes);
    const folds = [contactsFold, traitsFold];
    const reached = await Promise.all(folds.map((fold) => deps.readers.reached(fold, 'dispatch', written, 1_000)));
    if (reached.includes(false)) {
      throw unavailable('The contacts are kept, but sending does not go by them yet.');
    }
    return written.map(({ contactId }) => contactId);
  };
}

function possibleNumber(identitySecret: Uint8Array, phone: string, index: number): string {
  const { to, usable } = namePerson(identitySecret, { phone });
  if (usable && 'phone' in to) return to.phone;
  throw new Problem('malformed', 'A phone number is not a possible one.', {
    errors: [{ path: `${index}.phone`, message: 'not a possible phone number' }],
  });
}
