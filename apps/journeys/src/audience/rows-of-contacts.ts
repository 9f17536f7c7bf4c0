import { columnName } from '@postrider/service-host';
import type { FoundContacts } from './find-contacts';
import { nameMember, type Member, type NamedMember } from './person';

/** Contacts as rows of an audience. Whoever cannot be named is not written to. */
export function rowsOfContacts(
  identitySecret: Uint8Array,
  { people }: FoundContacts,
): { readonly named: NamedMember; readonly member: Member }[] {
  return people.flatMap(({ to, row }) => {
    const named = nameMember(identitySecret, to);
    if (named === undefined) return [];
    const cells = Object.entries(row).filter(([, value]) => value !== null && value !== '');
    const spoken = Object.fromEntries(cells.map(([name, value], index) => [columnName(name, index), value]));
    return [{ named, member: { to: named.to, row: spoken } }];
  });
}
