import { route, type Route } from '../graph/graph-call';
import { GraphError } from '../graph/graph-error';
import { handshake } from '../webhooks/handshake';

const common = { operation: 'account', kind: 'app' as const };

export const appRoutes: Route[] = [
  route({ ...common, method: 'GET', edge: '', handle: (_, { app }) => ({ id: app.id, name: app.name }) }),
  route({
    ...common,
    method: 'POST',
    edge: 'subscriptions',
    async handle({ params, token }, { app }) {
      if (token.type !== 'APP')
        throw new GraphError(15, { message: '(#15) This method must be called with an app access_token.', http: 400 });
      const { object, callback_url: url, verify_token: verifyToken, fields } = params;
      if (object !== 'whatsapp_business_account' || typeof url !== 'string' || typeof verifyToken !== 'string') {
        throw new GraphError(100, {
          message: '(#100) The parameters object, callback_url and verify_token are required.',
        });
      }
      await handshake(url, verifyToken);
      app.callbackUrl = url;
      app.verifyToken = verifyToken;
      app.fields = Array.isArray(fields)
        ? fields.map(String)
        : String(fields ?? '')
            .split(',')
            .filter(Boolean);
      return { success: true };
    },
  }),
  route({
    ...common,
    method: 'GET',
    edge: 'subscriptions',
    handle: (_, { app }) => ({
      data: app.callbackUrl
        ? [
            {
              object: 'whatsapp_business_account',
              callback_url: app.callbackUrl,
              active: true,
              fields: app.fields.map((name) => ({ name, version: 'v24.0' })),
            },
          ]
        : [],
    }),
  }),
  route({
    ...common,
    method: 'DELETE',
    edge: 'subscriptions',
    handle(_, { app }) {
      delete app.callbackUrl;
      delete app.verifyToken;
      app.fields = [];
      return { success: true };
    },
  }),
];
