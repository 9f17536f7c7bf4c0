import type { Destination, Update } from '../world/jobs';
import type { State } from '../world/state';

/**
 * Where an update goes, for every app subscribed to the account: the number's own address before the account's before
 * the app's. The number's applies to the messages field.
 */
export function destinationsOf(state: State, update: Update): Destination[] {
  const account = state.accounts.get(update.wabaId);
  if (!account) return [];
  const destinations: Destination[] = [];
  for (const [appId, override] of account.subscriptions) {
    const app = state.apps.get(appId);
    if (!app || (app.fields.length > 0 && !app.fields.includes(update.field))) continue;
    const phone = update.field === 'messages' ? state.numbers.get(update.phoneNumberId ?? '') : undefined;
    const url = phone?.webhookOverride?.url ?? override?.url ?? app.callbackUrl;
    if (url) destinations.push({ url, appId });
  }
  return destinations;
}
