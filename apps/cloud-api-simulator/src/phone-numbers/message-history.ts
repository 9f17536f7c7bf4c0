import { route, type GraphCall, type NodeOf, type Route } from '../graph/graph-call';
import { GraphError } from '../graph/graph-error';
import { listAnswer, page } from '../graph/paging';
import { secondsOf, type Simulation } from '../world/simulation';
import type { MessageRecord } from '../world/witness';

/** A message's history has an id of its own, and so has each event in it. */
const historyIdOf = (message: MessageRecord): string => `6${String(message.seq).padStart(15, '0')}`;

/** The message whose history has this id. */
export function messageOfHistory(sim: Simulation, id: string): MessageRecord | undefined {
  if (!/^6\d{15}$/.test(id)) return undefined;
  const [message] = sim.witness.query({ after: Number(id.slice(1)) - 1, limit: 1 });
  return message && historyIdOf(message) === id ? message : undefined;
}

function eventsOf(sim: Simulation, message: MessageRecord) {
  return message.statuses.map((status, index) => ({
    id: `7${String(message.seq).padStart(12, '0')}${String(index).padStart(3, '0')}`,
    status: status.status.toUpperCase(),
    atSeconds: secondsOf(message.acceptedAtMs + status.afterMs),
    deliveries: status.deliveries.flatMap((id) => sim.outbox.log.find(id) ?? []),
  }));
}

const updateStates = {
  sending: 'PENDING',
  delivered: 'DELIVERED',
  retrying: 'RETRYING',
  'given-up': 'FAILED',
} as const;

/** `GET /{PHONE}/message_history?message_id=`: what was reported of one message, and whether its webhooks arrived. */
function history({ sim, params }: GraphCall, { phone }: NodeOf<'phone'>): unknown {
  const message = sim.witness.find(String(params.message_id));
  if (message?.phoneNumberId !== phone.id) return { data: [] };
  const events = eventsOf(sim, message).map(({ id, status, atSeconds, deliveries }) => {
    const [delivery] = deliveries;
    return {
      id,
      delivery_status: status,
      timestamp: atSeconds,
      webhook_update_state: delivery ? updateStates[delivery.state] : 'PENDING',
      ...(delivery && { application: { id: delivery.appId }, webhook_uri: delivery.url }),
    };
  });
  return { data: [{ id: historyIdOf(message), message_id: message.wamid, events: { data: events } }] };
}

/** `GET /{MESSAGE_HISTORY_ID}/events?status_filter=`. */
function events(call: GraphCall, { message }: NodeOf<'history'>): unknown {
  const { sim, params } = call;
  const wanted = params.status_filter;
  if (wanted !== undefined && typeof wanted !== 'string')
    throw new GraphError(100, { message: '(#100) Param status_filter must be a string.' });
  const found = eventsOf(sim, message).filter(({ status }) => wanted === undefined || status === wanted);
  const { items, paging } = page(call, found, ({ id }) => id);
  const data = items.map(({ id, status, atSeconds, deliveries: [delivery] }) => {
    const app = delivery && sim.state.apps.get(delivery.appId);
    return {
      cursor: Buffer.from(id).toString('base64'),
      node: {
        id,
        delivery_status: status,
        occurrence_timestamp: atSeconds,
        status_timestamp: atSeconds,
        ...(app && { application: { id: app.id, name: app.name } }),
      },
    };
  });
  return listAnswer(data, paging);
}

const common = {
  permission: 'whatsapp_business_management' as const,
  operation: 'phone',
  method: 'GET' as const,
};

export const historyRoutes: Route[] = [
  route({ ...common, kind: 'phone', edge: 'message_history', handle: history }),
  route({ ...common, kind: 'history', edge: 'events', handle: events }),
];
