import { hubUrl, type CollabClientOptions } from '../options.js';
import { HubLink } from './hubLink.js';
import { jitteredBackoff } from './retry.js';
import { signalRTransport } from './signalr.js';
import type { HubTransport } from './transport.js';

/** One hub of the server, over a connection that is not open yet. */
export interface Hub {
  readonly transport: HubTransport;
  readonly link: HubLink;
}

/** What clients of all hubs do first, with the options that they all have. */
export function openHub(hub: string, clientId: string, options: CollabClientOptions): Hub {
  const transport = (options.transport ?? signalRTransport)({
    url: hubUrl(options.url, hub, clientId, options.device),
    token: options.token,
    ...(options.protocol !== undefined && { protocol: options.protocol }),
  });
  return { transport, link: new HubLink(transport, options.retry ?? jitteredBackoff()) };
}
