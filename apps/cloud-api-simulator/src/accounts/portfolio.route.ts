import { pickFields } from '../graph/fields';
import { route, type GraphCall, type NodeOf, type Route } from '../graph/graph-call';
import { listAnswer, page } from '../graph/paging';
import { accountType } from './account-fields';

const common = {
  permission: 'business_management' as const,
  operation: 'account',
  kind: 'portfolio' as const,
  method: 'GET' as const,
};

function owned(call: GraphCall, { portfolio }: NodeOf<'portfolio'>): unknown {
  const own = [...call.sim.state.accounts.values()].filter((account) => account.portfolioId === portfolio.id);
  const { items, paging } = page(call, own, (account) => account.id);
  return listAnswer(
    items.map((account) => pickFields(accountType(call.sim, account), call.params.fields)),
    paging,
  );
}

export const portfolioRoutes: Route[] = [
  route({
    ...common,
    edge: '',
    handle: ({ params }, { portfolio }) =>
      pickFields(
        {
          name: 'Business',
          defaults: ['id', 'name'],
          fields: {
            id: portfolio.id,
            name: portfolio.name,
            verification_status: portfolio.verified ? 'verified' : 'not_verified',
            timezone_id: 0,
          },
        },
        params.fields,
      ),
  }),
  route({ ...common, edge: 'owned_whatsapp_business_accounts', handle: owned }),
  route({ ...common, edge: 'client_whatsapp_business_accounts', handle: () => ({ data: [] }) }),
];
