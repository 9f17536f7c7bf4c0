export { aliasKey, aliasKeys, type Alias } from './alias-key';
export { hashOfSecret, isApiSecret, newApiSecret } from './api-secret';
export { callbackToken, readCallbackToken, type AttemptReference } from './callback-token';
export { derivedId } from './derived-ids';
export { keyring, type Keyring } from './keyring';
export { leastIdAt } from './least-id-at';
export { isPartBox, newPartKey, openPart, partKeyIds, sealPart, type PartKey } from './part-box';
export { readVerifyToken, verifyToken } from './verify-token';
