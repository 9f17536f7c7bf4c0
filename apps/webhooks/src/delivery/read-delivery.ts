import { parseWebhook, type ParsedWebhook, type WebhookEntry } from '@postrider/cloud-api-payloads';
import { translateEntry } from '../translate/translate-entry';
import { translateUnrecognised } from '../translate/translate-unrecognised';
import type { Fact, Reading } from '../translate/fact';
import type { NumberOwners } from '../sender/number-owners';
import type { KnownAccount, KnownApp } from './known-apps';

export interface FactOf {
  readonly workspaceId: string;
  readonly fact: Fact;
}

/** What a delivery holds: the facts, whose they are, and what was set aside. */
export interface ReadDelivery {
  readonly facts: readonly FactOf[];
  readonly workspaceIds: readonly string[];
  readonly wabaIds: readonly string[];
  readonly phoneNumberIds: readonly string[];
  readonly quarantined: string | null;
}

export interface DeliveryReader {
  read(app: KnownApp, body: Buffer, receivedAt: Date): Promise<ReadDelivery>;
}

const excerptChars = 32 * 1024;

/** Makes facts of a delivery whose signature is right. An entry of somebody else's account or number is set aside. */
export function deliveryReader(deps: {
  numberOwners: NumberOwners;
  identitySecret(workspaceId: string): Promise<Uint8Array>;
}): DeliveryReader {
  return {
    async read(app, body, receivedAt) {
      const readingFor = async ({ accountId, workspaceId, wabaId }: KnownAccount): Promise<Reading> => ({
        ...{ accountId, workspaceId, wabaId, receivedAt },
        identitySecret: await deps.identitySecret(workspaceId),
      });
      const parsed = parseWebhook(body);
      if (!parsed.ok) return unreadable(app, body, parsed.error.because, readingFor);

      const { entries } = parsed.value;
      const numbers = entries.flatMap(phoneNumbersOf);
      const owners = await deps.numberOwners.of(numbers);
      const facts: FactOf[] = [];
      const workspaceIds = new Set<string>();
      const aside = new Set<string>();
      for (const entry of entries) {
        const accounts = app.accounts.filter(({ wabaId }) => wabaId === entry.id);
        const because = whySetAside(entry, accounts, owners);
        if (because !== undefined) {
          aside.add(because);
          continue;
        }
        for (const account of accounts) {
          workspaceIds.add(account.workspaceId);
          const reading = await readingFor(account);
          for (const fact of translateEntry(reading, entry)) facts.push({ workspaceId: account.workspaceId, fact });
        }
      }
      facts.push(...(await unplaced(app, parsed, readingFor)));
      return {
        facts,
        // What is set aside is shown to those whose app signed it; nobody else can be told of it.
        workspaceIds: [...(aside.size > 0 || workspaceIds.size === 0 ? workspacesOf(app) : workspaceIds)],
        wabaIds: entries.map(({ id }) => id),
        phoneNumberIds: numbers,
        quarantined: aside.size === 0 ? null : [...aside].join('; '),
      };
    },
  };
}

type ReadingFor = (account: KnownAccount) => Promise<Reading>;

function whySetAside(
  entry: WebhookEntry,
  accounts: readonly KnownAccount[],
  owners: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  if (accounts.length === 0) return 'the account does not belong to the app that signed';
  const foreign = phoneNumbersOf(entry).some((number) => {
    const owning = owners.get(number);
    return owning !== undefined && !accounts.some(({ accountId }) => owning.has(accountId));
  });
  return foreign ? 'the number does not belong to the account' : undefined;
}

function phoneNumbersOf(entry: WebhookEntry): string[] {
  return entry.changes.flatMap(({ value }) => {
    const metadata = value.metadata as { phone_number_id?: unknown } | null | undefined;
    const id = metadata?.phone_number_id;
    return typeof id === 'string' || typeof id === 'number' ? [String(id)] : [];
  });
}

const workspacesOf = (app: KnownApp): string[] => [...new Set(app.accounts.map(({ workspaceId }) => workspaceId))];

/** A body that is signed and yet no webhook: kept under the app's first account, with the receipt as its whole. */
async function unreadable(app: KnownApp, body: Buffer, because: string, readingFor: ReadingFor): Promise<ReadDelivery> {
  const account = app.accounts[0]!;
  const raw = { excerpt: body.toString('latin1', 0, excerptChars), bytes: body.length };
  const fact = translateUnrecognised(await readingFor(account), { field: 'none', because, raw });
  return {
    facts: [{ workspaceId: account.workspaceId, fact }],
    workspaceIds: workspacesOf(app),
    wabaIds: [],
    phoneNumberIds: [],
    quarantined: null,
  };
}

/** Entries without an id belong to nobody in particular. */
async function unplaced(
  app: KnownApp,
  parsed: Extract<ParsedWebhook, { ok: true }>,
  readingFor: ReadingFor,
): Promise<FactOf[]> {
  const account = app.accounts[0]!;
  const reading = await readingFor(account);
  return parsed.value.unrecognised.map((raw) => ({
    workspaceId: account.workspaceId,
    fact: translateUnrecognised(reading, { field: 'none', because: 'it is not an entry with changes', raw }),
  }));
}
