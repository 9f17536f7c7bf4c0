import { errorTable } from '../graph/error-table';
import { route, type GraphCall, type NodeOf, type Route } from '../graph/graph-call';
import { GraphError } from '../graph/graph-error';
import { listAnswer, page } from '../graph/paging';
import { isBag, listAt } from '../messages/checks';
import { windowIsOpen } from '../messages/windows';
import { userIdOf } from '../world/ids';

const common = {
  permission: 'whatsapp_business_messaging' as const,
  operation: 'block',
  kind: 'phone' as const,
  edge: 'block_users',
};

interface Named {
  input: string;
  userId: string;
  shown: { input: string; wa_id?: string; user_id?: string };
}

function named({ params }: GraphCall, { account }: NodeOf<'phone'>): Named[] {
  if (params.messaging_product !== 'whatsapp')
    throw new GraphError(100, { message: '(#100) The parameter messaging_product is required.' });
  return listAt(params, 'block_users', 'block_users', { max: 1_000 }).map((entry) => {
    if (isBag(entry) && typeof entry.user_id === 'string')
      return { input: entry.user_id, userId: entry.user_id, shown: { input: entry.user_id, user_id: entry.user_id } };
    const input = isBag(entry) ? String(entry.user ?? '') : '';
    const digits = input.replace(/\D/g, '');
    return { input, userId: userIdOf(account.portfolioId, digits), shown: { input, wa_id: digits } };
  });
}

/** Only people who wrote in the last 24 hours can be blocked; a partial failure names both lists. */
function block(call: GraphCall, node: NodeOf<'phone'>): unknown {
  const { phone } = node;
  const added: Named[] = [];
  const failed: (Named & { code: number; because: string })[] = [];
  for (const user of named(call, node)) {
    if (!windowIsOpen(call.sim, phone.id, user.userId))
      failed.push({ ...user, code: 131047, because: 'The user has not messaged the business in the last 24 hours.' });
    else if (phone.blocked.size >= 64_000) failed.push({ ...user, code: 139101, because: 'The block list is full.' });
    else {
      phone.blocked.add(user.userId);
      added.push(user);
    }
  }
  const answer = { added_users: added.map((user) => user.shown) };
  if (failed.length === 0) return { messaging_product: 'whatsapp', block_users: answer };
  const failures = failed.map((user) => ({
    ...user.shown,
    errors: [{ code: user.code, message: errorTable[user.code]?.title, error_data: { details: user.because } }],
  }));
  throw new GraphError(139100, {
    details: 'Failed to block some users, see the block_users response list for details',
    beside: { messaging_product: 'whatsapp', block_users: { ...answer, failed_users: failures } },
  });
}

function unblock(call: GraphCall, node: NodeOf<'phone'>): unknown {
  const users = named(call, node);
  for (const user of users) node.phone.blocked.delete(user.userId);
  return { messaging_product: 'whatsapp', block_users: { removed_users: users.map((user) => user.shown) } };
}

function list(call: GraphCall, { phone }: NodeOf<'phone'>): unknown {
  const { items, paging } = page(call, [...phone.blocked], (user) => user);
  const shown = items.map((userId) => {
    const known = call.sim.state.people.get(userId);
    return { messaging_product: 'whatsapp', ...(known?.phone && { wa_id: known.phone }), user_id: userId };
  });
  return listAnswer(shown, paging);
}

export const blockRoutes: Route[] = [
  route({ ...common, method: 'GET', handle: list }),
  route({ ...common, method: 'POST', handle: block }),
  route({ ...common, method: 'DELETE', handle: unblock }),
];
