import type { Simulation } from '../world/simulation';
import type { PhoneNumber, Template, Account } from '../world/state';

type Ability = 'AVAILABLE' | 'LIMITED' | 'BLOCKED';

interface Entity {
  entity_type: string;
  id: string;
  can_send_message: Ability;
  errors?: { error_code: number; error_description: string; possible_solution: string }[];
}

/** Health of a node and of all it stands on; the whole is as well as its worst part. */
export function healthOf(
  sim: Simulation,
  of: { phone?: PhoneNumber; template?: Template; account?: Account },
): unknown {
  const account = of.account ?? sim.state.accounts.get(of.phone?.wabaId ?? of.template?.wabaId ?? '');
  const entities: Entity[] = [];
  if (of.phone) entities.push(phoneHealth(of.phone));
  if (of.template) entities.push(templateHealth(of.template));
  if (account) {
    entities.push(accountHealth(account));
    entities.push({ entity_type: 'BUSINESS', id: account.portfolioId, can_send_message: 'AVAILABLE' });
    for (const app of account.subscriptions.keys())
      entities.push({ entity_type: 'APP', id: app, can_send_message: 'AVAILABLE' });
  }
  const worst = (['BLOCKED', 'LIMITED'] as const).find((ability) =>
    entities.some((one) => one.can_send_message === ability),
  );
  return { can_send_message: worst ?? 'AVAILABLE', entities };
}

const blocked = (code: number, description: string, solution: string): Pick<Entity, 'can_send_message' | 'errors'> => ({
  can_send_message: 'BLOCKED',
  errors: [{ error_code: code, error_description: description, possible_solution: solution }],
});

function phoneHealth(phone: PhoneNumber): Entity {
  const entity = { entity_type: 'PHONE_NUMBER', id: phone.id };
  if (!phone.registered)
    return { ...entity, ...blocked(141000, 'The phone number is not registered.', 'Register the phone number.') };
  return { ...entity, can_send_message: phone.quality === 'RED' ? 'LIMITED' : 'AVAILABLE' };
}

function templateHealth(template: Template): Entity {
  const entity = { entity_type: 'MESSAGE_TEMPLATE', id: template.id };
  if (template.status === 'APPROVED') return { ...entity, can_send_message: 'AVAILABLE' };
  return {
    ...entity,
    ...blocked(141002, 'This template is not approved.', 'Wait for the approval, or edit the template.'),
  };
}

function accountHealth(account: Account): Entity {
  const entity = { entity_type: 'WABA', id: account.id };
  if (account.status !== 'ACTIVE')
    return { ...entity, ...blocked(141006, 'The account is restricted.', 'Appeal in Business Support Home.') };
  if (account.paymentMissing)
    return { ...entity, ...blocked(141006, 'There is an error with the payment method.', 'Add a payment method.') };
  return { ...entity, can_send_message: 'AVAILABLE' };
}
