import { z } from 'zod';
import { TokenInfo } from '../answers/token';
import type { CallOptions, Graph } from '../transport/graph';

/** What a token is, whose, what it may do and when it ends. Asked with the client's own token, for itself by default. */
export const debugToken =
  (api: Graph) =>
  async (token?: string, options?: CallOptions): Promise<TokenInfo> => {
    const { accessToken } = api.settings;
    const own = typeof accessToken === 'string' ? accessToken : await accessToken();
    const query = { input_token: token ?? own };
    return (await api.call({ method: 'GET', path: '/debug_token', query }, z.looseObject({ data: TokenInfo }), options))
      .data;
  };
