import { Agent } from 'undici';
import { strike } from '../control/strike';
import type { Destination, Job, Update, UpdateNote } from '../world/jobs';
import type { Simulation } from '../world/simulation';
import { nextNumber } from '../world/simulation';
import { bytesMax, composeBody, signatureHeaders, updatesMax } from './compose';
import { DeliveryLog, type Delivery } from './delivery-log';
import { destinationsOf } from './destinations';
import { post } from './post';
import { subjectOf } from './subject';

interface Queue {
  destination: Destination;
  pending: Update[];
  inFlight: number;
  flushedAtMs: number;
  timer: NodeJS.Timeout | undefined;
  heldUntilMs: number;
}

const sevenDaysMs = 7 * 86_400_000;

/** Updates on their way out: gathered per destination, posted concurrently, retried on anything but 200. */
export class Outbox {
  readonly log: DeliveryLog;
  readonly readMarks = new Map<string, { phoneNumberId: string; atMs: number; typing: boolean }>();
  private queues = new Map<string, Queue>();
  private posting = new Map<number, Job>();
  private readonly agent = new Agent({ connections: 32, keepAliveTimeout: 30_000 });
  /** Counted up by a reset, so that answers to earlier POSTs change nothing. */
  private generation = 0;
  /** Updates for which no app had an address. */
  unaddressed = 0;

  constructor(private readonly sim: Simulation) {
    this.log = new DeliveryLog(() => sim.state.settings.deliveryBytesKept);
  }

  /** Sends an update to every subscribed app, after the faults set on webhooks had their say. */
  emit(update: Update, faultsApply = true): void {
    if (faultsApply && this.disturbed(update)) return;
    const destinations = destinationsOf(this.sim.state, update);
    if (destinations.length === 0) this.unaddressed += 1;
    for (const destination of destinations) {
      const queue = this.queueOf(destination);
      queue.pending.push(update);
      this.plan(queue);
    }
  }

  /** Posts again what an earlier attempt failed to deliver. */
  retry(job: { deliveryId: number; destination: Destination; body: string; updates: UpdateNote[] }): void {
    void this.send(this.delivery(job), job.body, job.destination, job.updates, this.generation);
  }

  /** What has not been answered with 200 yet and is not on the agenda. */
  unsent(): Update[] {
    return [...this.queues.values()].flatMap((queue) => queue.pending);
  }

  /** What is being posted right now, as the retry it would be if nobody were to answer. */
  unanswered(): Job[] {
    return [...this.posting.values()];
  }

  reset(): void {
    this.generation += 1;
    for (const queue of this.queues.values()) clearTimeout(queue.timer);
    this.queues = new Map();
    this.posting = new Map();
    this.log.clear();
    this.readMarks.clear();
    this.unaddressed = 0;
  }

  async close(): Promise<void> {
    this.reset();
    await this.agent.destroy();
  }

  /** Faults on single updates; true when the update does not go out now. */
  private disturbed(update: Update): boolean {
    const { sim } = this;
    const fault = strike(sim, ['webhook'], ['drop', 'duplicate', 'delay', 'reorder', 'batch'], () => subjectOf(update));
    if (!fault) return false;
    const later = (ms: number): void => sim.schedule({ kind: 'update', dueMs: sim.nowMs() + ms, update });
    if (fault.kind === 'drop') return true;
    if (fault.kind === 'delay') later(fault.delayMs ?? 1_000);
    else if (fault.kind === 'reorder') later(Math.round(sim.random() * (fault.delayMs ?? 500)));
    else if (fault.kind === 'duplicate') later(fault.delayMs ?? 50);
    else {
      const heldUntilMs = Date.now() + (fault.delayMs ?? 1_000);
      for (const destination of destinationsOf(sim.state, update)) {
        const queue = this.queueOf(destination);
        if (queue.heldUntilMs < Date.now()) queue.heldUntilMs = heldUntilMs;
      }
    }
    return fault.kind === 'delay' || fault.kind === 'reorder';
  }

  private queueOf(destination: Destination): Queue {
    const key = `${destination.appId} ${destination.url}`;
    let queue = this.queues.get(key);
    if (!queue) {
      queue = { destination, pending: [], inFlight: 0, flushedAtMs: 0, timer: undefined, heldUntilMs: 0 };
      this.queues.set(key, queue);
    }
    return queue;
  }

  /** Posts at once when it has been quiet, else gathers what comes within a short time. */
  private plan(queue: Queue): void {
    if (queue.timer || queue.pending.length === 0) return;
    const { webhookGatherMs, webhookConcurrency } = this.sim.state.settings;
    if (queue.inFlight >= webhookConcurrency) return;
    const now = Date.now();
    const wait = Math.max(0, queue.flushedAtMs + webhookGatherMs - now, queue.heldUntilMs - now);
    queue.timer = setTimeout(() => {
      queue.timer = undefined;
      queue.flushedAtMs = Date.now();
      this.flush(queue);
      this.plan(queue);
    }, wait);
  }

  private flush(queue: Queue): void {
    const { webhookConcurrency } = this.sim.state.settings;
    while (queue.pending.length > 0 && queue.inFlight < webhookConcurrency) {
      let updates = queue.pending.splice(0, updatesMax);
      let body = composeBody(updates);
      while (body.length > bytesMax && updates.length > 1) {
        queue.pending.unshift(...updates.splice(Math.floor(updates.length / 2)));
        body = composeBody(updates);
      }
      const notes = updates.map((update) => update.note);
      updates = [];
      const delivery = this.delivery({ destination: queue.destination, body, updates: notes });
      queue.inFlight += 1;
      void this.send(delivery, body, queue.destination, notes, this.generation).finally(() => {
        queue.inFlight -= 1;
        this.plan(queue);
      });
    }
  }

  private delivery(of: {
    deliveryId?: number;
    destination: Destination;
    body: string;
    updates: UpdateNote[];
  }): Delivery {
    const known = of.deliveryId === undefined ? undefined : this.log.find(of.deliveryId);
    if (known) return known;
    const delivery: Delivery = {
      id: of.deliveryId ?? nextNumber(this.sim.state, 'delivery', 1),
      url: of.destination.url,
      appId: of.destination.appId,
      createdAtMs: this.sim.nowMs(),
      updates: of.updates.length,
      bytes: of.body.length,
      about: of.updates.slice(0, 20).map((note) => note.about),
      body: of.body,
      state: 'sending',
      attempts: [],
    };
    this.log.add(delivery);
    for (const { message, index } of of.updates) {
      if (message && index !== undefined) message.statuses[index]?.deliveries.push(delivery.id);
    }
    return delivery;
  }

  private async send(
    delivery: Delivery,
    body: string,
    destination: Destination,
    updates: UpdateNote[],
    generation: number,
  ): Promise<void> {
    const { sim } = this;
    const secret = sim.state.apps.get(destination.appId)?.secret ?? '';
    const headers = signatureHeaders(secret, body);
    delivery.signature = headers['x-hub-signature-256'];
    const atMs = sim.nowMs();
    const started = performance.now();
    const fault = strike(
      sim,
      ['webhook'],
      ['error', 'timeout', 'reset', 'timeout-after-accept', 'oversize', 'forge'],
      () => ({ url: delivery.url }),
    );
    this.posting.set(delivery.id, { kind: 'retry', dueMs: 0, deliveryId: delivery.id, destination, body, updates });
    const answer = await post({
      agent: this.agent,
      url: destination.url,
      body,
      headers,
      timeoutMs: sim.state.settings.webhookTimeoutMs,
      fault,
    });
    if (generation !== this.generation) return;
    this.posting.delete(delivery.id);
    delivery.attempts.push({ atMs, tookMs: Math.round(performance.now() - started), ...answer });
    if (answer.status === 200) {
      delivery.state = 'delivered';
      return;
    }
    const { webhookRetryMs, webhookRetryMaxMs } = sim.state.settings;
    const gapMs = Math.min(webhookRetryMs * 2 ** Math.min(30, delivery.attempts.length - 1), webhookRetryMaxMs);
    const nowMs = sim.nowMs();
    delivery.state = nowMs + gapMs > delivery.createdAtMs + sevenDaysMs ? 'given-up' : 'retrying';
    if (delivery.state === 'retrying') {
      sim.schedule({ kind: 'retry', dueMs: nowMs + gapMs, deliveryId: delivery.id, destination, body, updates });
    }
  }
}
