import type { IncomingHttpHeaders } from 'node:http';
import type { Simulation } from '../world/simulation';
import type { AccessToken, Account, App, Media, PhoneNumber, Portfolio, Template, Upload } from '../world/state';
import type { MessageRecord } from '../world/witness';

/** One call of the Graph API after the token was accepted. */
export interface GraphCall {
  sim: Simulation;
  method: string;
  /** The version in the path, 0 when there was none. */
  version: number;
  path: string;
  headers: IncomingHttpHeaders;
  token: AccessToken;
  /** Query, form and JSON body together, as Graph reads them. */
  params: Record<string, unknown>;
  body: Buffer;
  file?: UploadedFile;
}

export interface UploadedFile {
  bytes: Buffer;
  mimeType: string;
  filename: string;
}

/** The kinds of object an id may name. */
export type Node =
  | { kind: 'phone'; phone: PhoneNumber; account: Account }
  | { kind: 'waba'; account: Account }
  | { kind: 'template'; template: Template; account: Account }
  | { kind: 'media'; media: Media }
  | { kind: 'history'; message: MessageRecord }
  | { kind: 'upload'; upload: Upload }
  | { kind: 'app'; app: App }
  | { kind: 'portfolio'; portfolio: Portfolio };

export type NodeOf<K extends Node['kind']> = Extract<Node, { kind: K }>;

export type Permission = 'whatsapp_business_messaging' | 'whatsapp_business_management' | 'business_management';

/** One documented call: which object, which edge, what it needs and what it does. */
export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  kind: Node['kind'];
  /** '' is the object itself. */
  edge: string;
  permission?: Permission;
  /** The name faults are set on. */
  operation: string;
  handle: (call: GraphCall, node: Node) => unknown;
}

/** Ties a handler to its kind of object, so that it sees that object's type. */
export function route<K extends Node['kind']>(declared: {
  method: Route['method'];
  kind: K;
  edge: string;
  permission?: Permission;
  operation: string;
  handle: (call: GraphCall, node: NodeOf<K>) => unknown;
}): Route {
  return { ...declared, handle: (call, node) => declared.handle(call, node as NodeOf<K>) };
}
