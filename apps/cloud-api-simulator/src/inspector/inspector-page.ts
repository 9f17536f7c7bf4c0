import { tierOf } from '../accounts/tiers';
import type { Simulation } from '../world/simulation';
import { deliveryRows, messageRows } from './activity';
import { Html, html, table } from './html';
import { style } from './style';

const code = (text: unknown): Html => html`<code>${text}</code>`;
const good = ['CONNECTED', 'ACTIVE', 'APPROVED', 'GREEN', 'VERIFIED'];
const bad = ['BANNED', 'RESTRICTED', 'DISABLED', 'REJECTED', 'RED', 'DISCONNECTED'];

/** A word in the colour of what it means. */
function mark(word: string): Html {
  return html`<span class="${good.includes(word) ? 'good' : bad.includes(word) ? 'bad' : 'wait'}">${word}</span>`;
}

/** The whole inspector as one page. Nothing on it changes anything. */
export function inspectorPage(sim: Simulation): string {
  const sections: [string, string, Html][] = [
    ['accounts', 'Accounts', accounts(sim)],
    ['numbers', 'Numbers', numbers(sim)],
    ['templates', 'Templates', templates(sim)],
    ['messages', 'Messages, newest first', messageRows(sim)],
    ['deliveries', 'Webhook deliveries, newest first', deliveryRows(sim)],
    ['faults', 'Faults', faults(sim)],
  ];
  const nav = sections.map(([id, title]) => html`<a href="#${id}">${title.split(',')[0]}</a>`);
  const body = sections.map(
    ([id, title, content]) =>
      html`<h2 id="${id}">${title}</h2>
        ${content}`,
  );
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Cloud API simulator</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <header>
          <h1>Cloud API simulator</h1>
          <p>
            ${sim.baseUrl} ·
            ${new Date(sim.nowMs()).toISOString()}${sim.state.clockOffsetMs > 0 ? ' (moved clock)' : ''} · Graph
            v${sim.state.settings.graphVersion}.0 · webhooks v${sim.state.settings.webhookVersion}.0
          </p>
          <nav>${nav}</nav>
        </header>
        <main>${figures(sim)}${body}</main>
      </body>
    </html>`;
  return page.text;
}

function figures(sim: Simulation): Html {
  const deliveries = sim.outbox.log.newest(20_000);
  const counts: [string, number][] = [
    ['messages accepted', sim.witness.total],
    ['jobs to come', sim.agenda.size],
    ['webhook POSTs', deliveries.length],
    ['not yet delivered', deliveries.filter((one) => one.state === 'retrying' || one.state === 'sending').length],
    ['updates without address', sim.outbox.unaddressed],
    ['people known', sim.state.people.size],
  ];
  return html`<div class="figures">
    ${counts.map(([name, count]) => html`<div class="figure"><b>${count.toLocaleString('en')}</b><span>${name}</span></div>`)}
  </div>`;
}

function accounts({ state }: Simulation): Html {
  const rows = [...state.accounts.values()].map((account) => {
    const portfolio = state.portfolios.get(account.portfolioId);
    const callbacks = [...account.subscriptions].map(
      ([appId, override]) =>
        html`<div>${code(override?.url ?? state.apps.get(appId)?.callbackUrl ?? 'no address')}</div>`,
    );
    const callback = callbacks.length > 0 ? callbacks : html`<span class="dim">no app subscribed</span>`;
    return [
      account.name,
      code(account.id),
      mark(account.status),
      `${portfolio?.name} (${account.portfolioId})`,
      tierOf(portfolio?.messagingLimit ?? 250),
      callback,
    ];
  });
  return table(['Name', 'WABA', 'Status', 'Portfolio', 'Limit', 'Webhooks go to'], rows, 'No accounts.');
}

function numbers({ state }: Simulation): Html {
  const rows = [...state.numbers.values()].map((phone) => [
    phone.displayPhoneNumber,
    code(phone.id),
    phone.verifiedName,
    mark(phone.status),
    mark(phone.quality),
    `${phone.throughputPerSecond}/s`,
    phone.accountMode,
    phone.webhookOverride ? code(phone.webhookOverride.url) : html`<span class="dim">as the account</span>`,
    phone.verificationCode ?? '',
  ]);
  return table(
    ['Number', 'Phone number id', 'Name', 'Status', 'Quality', 'Throughput', 'Mode', 'Webhooks go to', 'Code'],
    rows,
    'No numbers.',
  );
}

function templates({ state }: Simulation): Html {
  const rows = [...state.templates.values()]
    .slice(-50)
    .map((template) => [
      template.name,
      template.language,
      code(template.id),
      template.category,
      mark(template.status),
      mark(template.quality),
      template.components.find((component) => component.type === 'BODY')?.text ?? '',
    ]);
  return table(['Name', 'Language', 'Id', 'Category', 'Status', 'Quality', 'Body'], rows, 'No templates.');
}

function faults({ state }: Simulation): Html {
  const rows = [...state.faults.values()].map((fault) => [
    code(fault.id),
    fault.on,
    fault.kind,
    `${Math.round(fault.rate * 100)} %`,
    fault.code ?? '',
    fault.delayMs === undefined ? '' : `${fault.delayMs} ms`,
    fault.match ? code(JSON.stringify(fault.match)) : 'everything',
    fault.hits,
  ]);
  return table(['Fault', 'On', 'Kind', 'Rate', 'Code', 'Delay', 'Matches', 'Hits'], rows, 'No faults are set.');
}
