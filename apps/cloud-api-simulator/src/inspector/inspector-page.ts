import type { Simulation } from '../world/simulation';
import { actions, connection } from './actions';
import { deliveryRows, messageRows } from './activity';
import { accounts, faults, numbers, people, settings, templates } from './holdings';
import { Html, html } from './html';
import { script } from './script';
import { style } from './style';

/** The whole inspector as one page. `to` shows one person's messages, and the webhooks of them. */
export function inspectorPage(sim: Simulation, to?: string): string {
  const those = to === undefined ? '' : ` to ${to}`;
  const sections: [id: string, title: string, content: Html][] = [
    ['messages', `Messages${those}, newest first`, messageRows(sim, to)],
    ['deliveries', `Webhook deliveries${those && ' of messages'}${those}, newest first`, deliveryRows(sim, to)],
    ['people', 'People', people(sim)],
    ['faults', 'Faults', faults(sim)],
    ['templates', 'Templates', templates(sim)],
    ['numbers', 'Numbers', numbers(sim)],
    ['accounts', 'Accounts', accounts(sim)],
    ['settings', 'Settings', settings(sim)],
  ];
  const body = sections.map(
    ([id, title, content]) =>
      html`<section id="${id}" data-live>
        <h2>${title}</h2>
        ${content}
      </section>`,
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
          ${now(sim)}
          <nav>
            ${sections.map(([id, title]) => html`<a href="#${id}">${title.replace(/,.*| of .*| to .*/, '')}</a>`)}
            <label><input type="checkbox" id="live" /> live</label>
          </nav>
        </header>
        <main>
          ${figures(sim)}
          <section class="do">
            <h2>Let something happen</h2>
            ${actions(sim)} ${connection(sim)}
          </section>
          <form class="search" method="get">
            <input name="to" type="search" placeholder="messages to: phone or user id" size="32" value="${to}" />
            <button>Show</button>
          </form>
          ${body}
        </main>
        <script>
          ${new Html(script)};
        </script>
      </body>
    </html>`;
  return page.text;
}

function now({ baseUrl, state, nowMs }: Simulation): Html {
  const moved = state.clockOffsetMs > 0 ? ' (moved clock)' : '';
  const { graphVersion, webhookVersion } = state.settings;
  return html`<p id="now" data-live>
    ${baseUrl} · ${new Date(nowMs()).toISOString()}${moved} · Graph v${graphVersion}.0 · webhooks v${webhookVersion}.0
  </p>`;
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
  const one = ([name, count]: [string, number]): Html =>
    html`<div class="figure"><b>${count.toLocaleString('en')}</b><span>${name}</span></div>`;
  return html`<div class="figures" id="figures" data-live>${counts.map(one)}</div>`;
}
