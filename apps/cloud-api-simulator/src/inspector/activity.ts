import type { Delivery } from '../webhooks/delivery-log';
import type { Simulation } from '../world/simulation';
import type { MessageRecord } from '../world/witness';
import { html, table, type Html } from './html';

const shown = 50;
const time = (ms: number): string => new Date(ms).toISOString().slice(11, 23);

/** The newest messages with what became of them. */
export function messageRows(sim: Simulation): Html {
  const rows = sim.witness.newest(shown).map((message) => [
    message.seq,
    time(message.acceptedAtMs),
    html`<details>
      <summary><code class="long">${message.wamid}</code></summary>
      <pre>${message.body}</pre>
    </details>`,
    message.input,
    message.templateId === undefined ? message.type : (sim.state.templates.get(message.templateId)?.name ?? 'template'),
    message.category,
    statusesOf(message),
  ]);
  return table(['#', 'Accepted', 'Message', 'To', 'Content', 'Category', 'Statuses'], rows, 'Nothing was sent yet.');
}

function statusesOf(message: MessageRecord): Html {
  if (message.heldForQuality) return html`<span class="wait">held for quality</span>`;
  if (message.statuses.length === 0) return html`<span class="dim">none yet</span>`;
  const one = (status: MessageRecord['statuses'][number]): Html =>
    html`<span class="${status.status === 'failed' ? 'bad' : status.status === 'read' ? 'good' : ''}"
        >${status.status}${status.code === undefined ? '' : ` ${status.code}`}</span
      >
      <span class="dim">+${status.afterMs} ms</span> `;
  return html`${message.statuses.map(one)}`;
}

/** The newest webhook POSTs with each attempt's answer. */
export function deliveryRows(sim: Simulation): Html {
  const rows = sim.outbox.log.newest(shown).map((delivery) => [
    delivery.id,
    time(delivery.createdAtMs),
    html`<code class="long">${delivery.url}</code>`,
    html`<details>
      <summary>
        ${delivery.updates} ${delivery.updates === 1 ? 'update' : 'updates'}, ${delivery.bytes.toLocaleString('en')}
        bytes
      </summary>
      <pre>${delivery.body?.slice(0, 20_000) ?? delivery.about.join('\n')}</pre>
    </details>`,
    stateOf(delivery),
    html`${delivery.attempts.slice(-5).map((attempt) => html`<span class="${attempt.status === 200 ? 'good' : 'bad'}">${attempt.status ?? attempt.error}</span> <span class="dim">${attempt.tookMs} ms</span> `)}`,
  ]);
  return table(
    ['#', 'Made', 'To', 'Body', 'State', 'Answers'],
    rows,
    'No webhook was posted yet: no app has subscribed, or nothing happened.',
  );
}

function stateOf({ state }: Delivery): Html {
  return html`<span class="${state === 'delivered' ? 'good' : state === 'given-up' ? 'bad' : 'wait'}">${state}</span>`;
}
