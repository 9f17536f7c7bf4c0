import type { Clock } from '@postrider/decider';
import { RecipientsPlanned } from '@postrider/event-contracts';
import type { EventLog } from '@postrider/event-store';
import { derivedId } from '@postrider/keys';
import { inTransaction } from '@postrider/messaging';
import type { Pool } from 'pg';
import type { Member, MemberToPlan } from '../audience/person';
import { commandPlace, jsonIn, memberPlace, type SealedRows } from '../audience/sealed-rows';
import { planMember, type PlanContext, type PlannedRecipient } from '../planning/plan-member';
import {
  advanceOccurrence,
  beginOccurrence,
  insertRecipients,
  readMembers,
  readOccurrence,
} from './recipients-at-work.sql';
import { endUnplanned, move } from './settle';

export interface PlanDeps {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly planBatch: number;
  readonly rows: SealedRows;
}

export interface Occurrence {
  readonly batches: number;
  readonly plannedLine: number;
  readonly planned: boolean;
  readonly counted: boolean;
  readonly retries: number;
  readonly sampledAt: Date | null;
  readonly sampled: number;
  readonly rate: number | null;
}

/** How far an occurrence has come; begins it where nobody has. */
export async function occurrenceAt(pool: Pool, campaignId: string, occurrence: number): Promise<Occurrence> {
  const key = [campaignId, occurrence];
  const known = await pool.query<Occurrence>(readOccurrence, key);
  if (known.rows[0]) return known.rows[0];
  await pool.query(beginOccurrence, key);
  return (await pool.query<Occurrence>(readOccurrence, key)).rows[0]!;
}

/** Plans the next batch of people: the fact first, under an id that planning again gives again, then the rows. */
export async function planNext(
  deps: PlanDeps,
  context: PlanContext & { readonly workspaceId: string; readonly audienceId: string },
  at: Pick<Occurrence, 'batches' | 'plannedLine'>,
): Promise<void> {
  const { campaignId, occurrence } = context;
  const members = await membersAfter(deps, context.audienceId, at.plannedLine, deps.planBatch);
  const last = members.length < deps.planBatch;
  const recipients = members.map((member) => planMember(context, member));
  const batch = at.batches + 1;
  await sayPlanned(deps, context, { batch, last, recipients });
  const commands = await deps.rows.seal(
    context,
    recipients.map(({ recipientId, command }) => ({
      place: commandPlace(recipientId),
      bytes: Buffer.from(command === undefined ? '' : JSON.stringify(command)),
    })),
  );
  await inTransaction(deps.pool, async (tx) => {
    const to = members.at(-1)?.line ?? at.plannedLine;
    const { rowCount } = await tx.query(advanceOccurrence, [campaignId, occurrence, batch, to, last]);
    if (rowCount === 0) return;
    await tx.query(insertRecipients, [
      campaignId,
      occurrence,
      recipients.map(({ recipientId }) => recipientId),
      recipients.map(({ line }) => line),
      recipients.map(({ personKey }) => personKey),
      recipients.map(({ variant }) => variant),
      recipients.map(({ state }) => state),
      recipients.map(({ code }) => code),
      recipients.map(({ price }) => price),
      commands,
    ]);
    // The others stay what they were counted as, pending or held out.
    const refused = recipients.filter(({ state }) => state === 'refused');
    const each = refused.map(({ variant }) => ({ variant, people: 1 }));
    await move(tx, context, each, ['pending', 'refused']);
    // Erased since they were counted.
    if (last) await endUnplanned(tx, context, 'cancelled');
  });
}

/** A page of an audience in the order of its lines. */
export async function membersAfter(
  deps: { readonly pool: Pool; readonly rows: Pick<SealedRows, 'open'> },
  audienceId: string,
  line: number,
  limit: number,
): Promise<MemberToPlan[]> {
  type Row = Omit<MemberToPlan, 'member'> & { personal: Buffer };
  const { rows } = await deps.pool.query<Row>(readMembers, [audienceId, line, limit]);
  const opened = await deps.rows.open(
    rows.map(({ personKey, personal }) => ({ place: memberPlace(audienceId, personKey), bytes: personal })),
  );
  return rows.map(({ personal: _, ...row }, at) => {
    const bytes = opened[at];
    if (bytes === undefined) throw new Error('a row of an audience can no longer be read');
    return { ...row, member: jsonIn<Member>(bytes) };
  });
}

async function sayPlanned(
  { log, clock }: PlanDeps,
  { campaignId, occurrence, workspaceId }: PlanContext & { readonly workspaceId: string },
  { batch, last, recipients }: { batch: number; last: boolean; recipients: readonly PlannedRecipient[] },
): Promise<void> {
  const count = (state: PlannedRecipient['state']) => recipients.filter((each) => each.state === state).length;
  const holdout = count('holdout');
  const people = recipients.length - holdout;
  const event = RecipientsPlanned.of({
    ...{ campaignId, occurrence, batch, last, people, holdout },
    refused: count('refused'),
  });
  const id = derivedId.fact('planned', campaignId, String(occurrence), String(batch));
  const meta = { workspaceId, actor: 'service:journeys', correlationId: campaignId, aliasKeys: [] };
  const events = [{ ...event, id, at: clock.now() }];
  await log.append([{ streamId: campaignId, expectedVersion: 'any', orderingKey: campaignId, events, meta }]);
}
