import { createHmac } from 'node:crypto';
import type { AccountCredentials } from '@postrider/service-host';
import { defaultWorkspaceId } from '@postrider/service-host';
import { derivedId } from '@postrider/keys';
import { wabaId } from './deliveries';

export const appSecret = 'simulator-app-secret';

/** As Meta signs: the raw bytes under the app's secret. */
export const signatureOf = (body: string | Buffer, secret = appSecret): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

export const credentialsOf = (over: Partial<AccountCredentials> = {}): AccountCredentials => {
  const waba = over.wabaId ?? wabaId;
  const workspaceId = over.workspaceId ?? defaultWorkspaceId;
  return {
    accountId: derivedId.account(workspaceId, waba),
    workspaceId,
    wabaId: waba,
    appId: '1000000000000001',
    accessToken: 'token',
    appSecret,
    graphUrl: 'http://127.0.0.1:3010',
    credentialsVersion: 1,
    ...over,
  };
};
