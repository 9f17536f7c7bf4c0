import { changeStream, type EventLog } from '@postrider/event-store';
import { isRefusal, type Clock } from '@postrider/decider';
import { derivedId } from '@postrider/keys';
import {
  standingAlarms,
  type Alarm,
  type AlarmEvent,
  everySoOften,
  type ReaderProgress,
} from '@postrider/service-host';
import type { Pool } from 'pg';
import { heardAgain, silentSenders } from './silent-senders.sql';

const lookEveryMs = 60_000;
const bucketMs = 10 * 60_000;
const hourMs = 3_600_000;
const keptDays = 9;
const { alarm, raise, clear } = standingAlarms('webhooks');

interface Sender {
  sender_id: string;
  workspace_id: string;
  phone_number_id: string;
}

/**
 * Raises an alarm for a number that has gone quiet: webhooks stop without a word when a subscription is lost. A number
 * that is quiet at this hour on other days is not missed.
 */
export function watchSilence(deps: { pool: Pool; clock: Clock; log: EventLog; readers: ReaderProgress }) {
  const { pool, clock, log } = deps;
  const keyOf = (senderId: string): string => `silence:${senderId}`;
  const change = async (
    { sender_id: senderId, workspace_id: workspaceId }: Pick<Sender, 'sender_id' | 'workspace_id'>,
    decide: (state: Alarm | undefined) => ReturnType<typeof clear>,
  ): Promise<void> => {
    const streamId = derivedId.alarm(workspaceId, 'webhooks', keyOf(senderId));
    const meta = { workspaceId, actor: 'service:webhooks', correlationId: streamId, aliasKeys: [] };
    const changed = await changeStream<Alarm | undefined, AlarmEvent, never>(
      ...([log, clock, { streamId, orderingKey: streamId, meta }, alarm, decide] as const),
    );
    if (isRefusal(changed)) throw new Error(`the alarm ${keyOf(senderId)} was refused: ${changed.because}`);
  };

  async function look(): Promise<void> {
    // A reader that is behind makes every number look silent.
    if (!(await deps.readers.caughtUp('webhooks:traffic', 'webhooks', 5_000))) return;
    const end = new Date(Math.floor(clock.now().getTime() / bucketMs) * bucketMs);
    const { rows: silent } = await pool.query<Sender>(silentSenders, [end]);
    for (const sender of silent) {
      const { sender_id: senderId, workspace_id: workspaceId, phone_number_id: phoneNumberId } = sender;
      await change(sender, (state) => raise(silence(senderId, phoneNumberId), state));
      await pool.query('insert into silent_sender (sender_id, workspace_id) values ($1, $2) on conflict do nothing', [
        senderId,
        workspaceId,
      ]);
    }
    const { rows: heard } = await pool.query<Sender>(heardAgain, [new Date(end.getTime() - hourMs)]);
    for (const sender of heard) {
      await change(sender, clear);
      await pool.query('delete from silent_sender where sender_id = $1', [sender.sender_id]);
    }
    await pool.query('delete from traffic where bucket < $1', [new Date(end.getTime() - keptDays * 24 * hourMs)]);
  }

  const silence = (senderId: string, phoneNumberId: string) => ({
    key: keyOf(senderId),
    kind: 'webhook-silence',
    severity: 'critical' as const,
    text: `Meta has told nothing of the number ${phoneNumberId} for an hour in which it always had traffic. Verify its account: the webhook subscription may be lost.`,
    subject: { senderId, phoneNumberId },
  });
  return { look, worker: everySoOften('watch silence', lookEveryMs, look) };
}
