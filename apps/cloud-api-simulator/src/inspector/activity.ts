import { detailsOf } from '../graph/error-table';
import type { Delivery } from '../webhooks/delivery-log';
import type { Simulation } from '../world/simulation';
import type { MessageRecord } from '../world/witness';
import { html, table, type Html } from './html';

const shown = 50;
const time = (ms: number): string => new Date(ms).toISOString().slice(11, 23);

/** The newest messages, or those to one person, with what became of them. */
export function messageRows(sim: Simulation, to?: string): Html {
  const found = to === undefined ? sim.witness.newest(shown) : newestTo(sim, to);
  const rows = found.map((message) => [
    message.seq,
    time(message.acceptedAtMs),
    message.input,
    html`<details id="message-${message.seq}">
      <summary>${contentOf(sim, message)}</summary>
      <code>${message.wamid}</code>
      <pre>${pretty(message.body)}</pre>
    </details>`,
    message.category,
    statusesOf(message),
  ]);
  const nothing = to === undefined ? 'Nothing was sent yet.' : `Nothing was sent to ${to}.`;
  return table(['#', 'Accepted', 'To', 'Content', 'Category', 'Statuses'], rows, nothing);
}

function newestTo(sim: Simulation, to: string): MessageRecord[] {
  const digits = to.trim().replace(/[\s().-]/g, '');
  return sim.witness.query({ to: digits, limit: sim.witness.total }).slice(-shown).reverse();
}

/** The template's name, or what is said, in a line. */
function contentOf(sim: Simulation, message: MessageRecord): string {
  if (message.templateId !== undefined) return sim.state.templates.get(message.templateId)?.name ?? 'template';
  const said = message.type === 'text' ? /"body"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(message.body)?.[1] : undefined;
  return said === undefined ? message.type : (JSON.parse(said) as string).slice(0, 60);
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function statusesOf(message: MessageRecord): Html {
  if (message.heldForQuality) return html`<span class="wait">held for quality</span>`;
  if (message.statuses.length === 0) return html`<span class="dim">none yet</span>`;
  return html`${message.statuses.map(statusOf)}`;
}

function statusOf({ status, code, afterMs }: MessageRecord['statuses'][number]): Html {
  const colour = status === 'failed' ? 'bad' : status === 'read' || status === 'played' ? 'good' : '';
  const because = code === undefined ? '' : detailsOf(code);
  return html`<span class="${colour}" title="${because}">${status}${code === undefined ? '' : ` ${code}`}</span>
    <span class="dim">+${afterMs} ms</span> `;
}

/** The newest webhook POSTs, or those that told of one person's messages, with each attempt's answer. */
export function deliveryRows(sim: Simulation, to?: string): Html {
  const found = to === undefined ? sim.outbox.log.newest(shown) : deliveriesOf(sim, newestTo(sim, to));
  const rows = found.map((delivery) => [
    delivery.id,
    time(delivery.createdAtMs),
    html`<details id="delivery-${delivery.id}">
      <summary>${carried(delivery)}</summary>
      <pre>${delivery.body?.slice(0, 20_000) ?? delivery.about.join('\n')}</pre>
    </details>`,
    `${delivery.bytes.toLocaleString('en')} bytes`,
    html`<code class="long">${delivery.url}</code>`,
    stateOf(delivery),
    html`${delivery.attempts.slice(-5).map((attempt) => html`<span class="${attempt.status === 200 ? 'good' : 'bad'}">${attempt.status ?? attempt.error}</span> <span class="dim">${attempt.tookMs} ms</span> `)}`,
  ]);
  return table(
    ['#', 'Made', 'Carries', 'Size', 'To', 'State', 'Answers'],
    rows,
    'No webhook was posted yet: no app has subscribed, or nothing happened.',
  );
}

function deliveriesOf({ outbox }: Simulation, messages: readonly MessageRecord[]): Delivery[] {
  const ids = messages.flatMap((message) => message.statuses.flatMap((status) => status.deliveries));
  return [...new Set(ids)]
    .sort((a, b) => b - a)
    .slice(0, shown)
    .flatMap((id) => outbox.log.find(id) ?? []);
}

/** `sent ×2, read`: what is in a POST, without the ids. */
function carried({ about, updates }: Delivery): string {
  const counts = new Map<string, number>();
  for (const each of about) {
    const what = each.replace(/ wamid\.\S+/, '');
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const parts = [...counts].map(([what, count]) => (count > 1 ? `${what} ×${count}` : what));
  return parts.join(', ') + (updates > about.length ? ` … ${updates} in all` : '');
}

function stateOf({ state }: Delivery): Html {
  return html`<span class="${state === 'delivered' ? 'good' : state === 'given-up' ? 'bad' : 'wait'}">${state}</span>`;
}
