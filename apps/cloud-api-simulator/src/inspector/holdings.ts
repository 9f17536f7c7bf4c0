import { tierOf } from '../accounts/tiers';
import { windowOf, dayMs } from '../messages/windows';
import type { Simulation } from '../world/simulation';
import type { Person } from '../world/state';
import { choice, form } from './forms';
import { html, table, type Html } from './html';

const shown = 50;
const code = (text: unknown): Html => html`<code>${text}</code>`;
const dim = (text: string): Html => html`<span class="dim">${text}</span>`;
const good = ['CONNECTED', 'ACTIVE', 'APPROVED', 'GREEN', 'VERIFIED'];
const bad = ['BANNED', 'RESTRICTED', 'DISABLED', 'REJECTED', 'RED', 'DISCONNECTED'];

/** A word in the colour of what it means. */
function mark(word: string): Html {
  return html`<span class="${good.includes(word) ? 'good' : bad.includes(word) ? 'bad' : 'wait'}">${word}</span>`;
}

export function accounts({ state }: Simulation): Html {
  const rows = [...state.accounts.values()].map((account) => {
    const portfolio = state.portfolios.get(account.portfolioId);
    const callbacks = [...account.subscriptions].map(
      ([appId, override]) =>
        html`<div>${code(override?.url ?? state.apps.get(appId)?.callbackUrl ?? 'no address')}</div>`,
    );
    return [
      account.name,
      code(account.id),
      html`${mark(account.status)}${account.paymentMissing ? html` <span class="bad">no way to pay</span>` : ''}`,
      `${portfolio?.name} (${account.portfolioId})`,
      `${tierOf(portfolio?.messagingLimit ?? 250)}, ${portfolio?.reached.size ?? 0} reached`,
      callbacks.length > 0 ? callbacks : dim('no app subscribed'),
    ];
  });
  return table(['Name', 'WABA', 'Status', 'Portfolio', 'Limit in 24 hours', 'Webhooks go to'], rows, 'No accounts.');
}

export function numbers({ state }: Simulation): Html {
  const rows = [...state.numbers.values()].map((phone) => [
    phone.displayPhoneNumber,
    code(phone.id),
    phone.verifiedName,
    mark(phone.status),
    mark(phone.quality),
    `${phone.throughputPerSecond}/s`,
    phone.accountMode,
    phone.webhookOverride ? code(phone.webhookOverride.url) : dim('as the account'),
    phone.verificationCode ?? '',
  ]);
  return table(
    ['Number', 'Phone number id', 'Name', 'Status', 'Quality', 'Throughput', 'Mode', 'Webhooks go to', 'Code'],
    rows,
    'No numbers.',
  );
}

const templateEvents = ['APPROVED', 'REJECTED', 'PAUSED', 'DISABLED', 'PACING', 'RELEASED'];

export function templates({ state }: Simulation): Html {
  const rows = [...state.templates.values()]
    .slice(-shown)
    .reverse()
    .map((template) => [
      template.name,
      template.language,
      code(template.id),
      template.category,
      html`${mark(template.status)}${template.pacing ? html` <span class="wait">pacing</span>` : ''}`,
      mark(template.quality),
      form({
        action: `/_sim/templates/${template.id}`,
        fields: choice('event', 'Event', templateEvents),
        button: 'Let happen',
      }),
      template.components.find((component) => component.type === 'BODY')?.text ?? '',
    ]);
  return table(['Name', 'Language', 'Id', 'Category', 'Status', 'Quality', 'Event', 'Body'], rows, 'No templates.');
}

/** People who wrote or were set up, with the windows that are open for them. */
export function people(sim: Simulation): Html {
  const { state } = sim;
  const open = (person: Person): Html[] =>
    [...state.numbers.values()].flatMap((phone) => {
      const closesMs = (windowOf(sim, phone.id, person.userId)?.lastInboundAtMs ?? -Infinity) + dayMs;
      if (closesMs <= sim.nowMs()) return [];
      return html`<div>
        ${phone.displayPhoneNumber}
        <span class="dim">until ${new Date(closesMs).toISOString().slice(0, 16).replace('T', ' ')}</span>
      </div>`;
    });
  const rows = [...state.people.values()]
    .slice(-shown)
    .reverse()
    .map((person) => {
      const windows = open(person);
      return [
        person.name ?? '',
        person.phone === undefined ? dim('not known') : `+${person.phone}`,
        code(person.userId),
        person.failsWith === undefined
          ? (person.persona ?? dim('by the number'))
          : html`<span class="bad">fails with ${person.failsWith}</span>`,
        person.stoppedMarketing.size > 0 ? html`<span class="bad">stopped</span>` : '',
        windows.length > 0 ? windows : dim('closed'),
      ];
    });
  return table(['Name', 'Phone', 'User id', 'Persona', 'Marketing', 'Service window'], rows, 'Nobody has written yet.');
}

export function faults({ state }: Simulation): Html {
  const rows = [...state.faults.values()].map((fault) => [
    code(fault.id),
    fault.on,
    fault.kind,
    `${Math.round(fault.rate * 100)} %`,
    fault.code ?? '',
    fault.delayMs === undefined ? '' : `${fault.delayMs} ms`,
    fault.match ? code(JSON.stringify(fault.match)) : 'everything',
    fault.times === undefined ? fault.hits : `${fault.hits} of ${fault.times}`,
    form({ method: 'DELETE', action: `/_sim/faults?id=${fault.id}`, button: 'Take away' }),
  ]);
  return table(['Fault', 'On', 'Kind', 'Rate', 'Code', 'Delay', 'Matches', 'Hits', ''], rows, 'No faults are set.');
}

export function settings({ state }: Simulation): Html {
  const rows = Object.entries(state.settings).map(([name, value]) => [code(name), code(value)]);
  return html`<details id="settings-all">
    <summary>${rows.length} settings, changed by <code>POST /_sim/settings</code></summary>
    ${table(['Setting', 'Value'], rows, '')}
  </details>`;
}
