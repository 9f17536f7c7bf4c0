import { placeholders } from '../templates/placeholders';
import type { Simulation } from '../world/simulation';
import { choice, field, form, select } from './forms';
import { html, type Html } from './html';

const someone = '+4915112345601';
const faultsOn = ['send', 'webhook', 'media', 'template', 'account', 'phone', 'any'];
const faultKinds = ['error', 'timeout', 'timeout-after-accept', 'reset', 'delay', 'duplicate', 'reorder', 'drop'];
const steps = [
  ['A minute', 60_000],
  ['An hour', 3_600_000],
  ['A day', 86_400_000],
] as const;

/** What a person may let happen from the page: the same as `/_sim/…` takes. */
export function actions({ state }: Simulation): Html {
  const number = select(
    'phoneNumberId',
    'Number',
    [...state.numbers.values()].map((phone) => [phone.id, phone.displayPhoneNumber] as const),
  );
  const writes = html`${field('message.type', '', { type: 'hidden', value: 'text' })}${field('from', 'from', { value: someone })}
  to ${number} ${field('message.text.body', 'text', { value: 'Hello', size: 24 })}`;
  const chooses = html`${field('user', 'phone or user id', { value: someone })} of ${number}
  ${choice('marketing', 'Choice', ['stop', 'resume'])}`;
  const fault = html`${choice('kind', 'Kind', faultKinds)} on ${choice('on', 'On', faultsOn)}
  ${field('rate', 'rate (1)', { type: 'number', size: 6 })} ${field('code', 'code', { type: 'number', size: 7 })}
  ${field('delayMs', 'delay in ms', { type: 'number', size: 8 })} ${field('match.to', 'to, as *95', { size: 10 })}`;
  const rows: [string, Html | Html[]][] = [
    ['A person writes', form({ action: '/_sim/inbound', fields: writes, button: 'Write' })],
    ['… or chooses about marketing', form({ action: '/_sim/preferences', fields: chooses, button: 'Choose' })],
    ['Something goes wrong', form({ action: '/_sim/faults', fields: fault, button: 'Set the fault' })],
    [
      'Time passes',
      steps.map(([button, ms]) =>
        form({ action: '/_sim/clock', button, fields: field('advanceMs', '', { type: 'hidden', value: ms }) }),
      ),
    ],
    [
      'All begins anew',
      form({ action: '/_sim/reset', button: 'Reset', confirm: 'Go back to the seed, and forget all that happened?' }),
    ],
  ];
  return named(rows);
}

const named = (rows: readonly (readonly [string, unknown])[]): Html =>
  html`<dl>
    ${rows.map(
      ([name, content]) =>
        html`<dt>${name}</dt>
          <dd>${content}</dd>`,
    )}
  </dl>`;

/** What a client needs to know to call this simulator, and a first call to try. */
export function connection(sim: Simulation): Html {
  const { apps, tokens, settings } = sim.state;
  const rows = [
    ['Graph URL', html`<code>${sim.baseUrl}</code>`],
    ['Access token', html`${[...tokens.keys()].slice(0, 5).map((token) => html`<code>${token}</code> `)}`],
    [
      'App and its secret',
      html`${[...apps.values()].map(({ id, secret }) => html`<code>${id}</code> <code>${secret}</code> `)}`,
    ],
    [
      'Webhooks',
      html`<code>POST /v${settings.graphVersion}.0/{WABA}/subscribed_apps {override_callback_uri, verify_token}</code>`,
    ],
  ] as const;
  return html`<details id="connect">
    <summary>Connect a client</summary>
    ${named(rows)}
    <pre>${firstCall(sim)}</pre>
  </details>`;
}

function firstCall({ baseUrl, state }: Simulation): string {
  const [token] = state.tokens.keys();
  const template = [...state.templates.values()].find(
    ({ status, category }) => status === 'APPROVED' && category === 'UTILITY',
  );
  const [phone] = [...state.numbers.values()].filter(({ wabaId }) => !template || wabaId === template.wabaId);
  const body = template?.components.find(({ type }) => type === 'BODY')?.text ?? '';
  const parameters = placeholders(body).map((name) => ({
    type: 'text',
    ...(template?.parameterFormat === 'NAMED' && { parameter_name: name }),
    text: `value ${name}`,
  }));
  const content = template
    ? {
        type: 'template',
        template: {
          name: template.name,
          language: { code: template.language },
          components: [{ type: 'body', parameters }],
        },
      }
    : { type: 'text', text: { body: 'Hello' } };
  return [
    `curl ${baseUrl}/v${state.settings.graphVersion}.0/${phone?.id}/messages \\`,
    `  -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify({ messaging_product: 'whatsapp', to: someone, ...content })}'`,
  ].join('\n');
}
