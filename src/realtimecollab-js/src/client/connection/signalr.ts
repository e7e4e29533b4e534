import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import type { HubTransport, TransportOptions } from './transport.js';

/** The server sends something at least every 5 s; after three times that it is taken for gone. */
const SERVER_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_MS = 5_000;

/**
 * A connection over @microsoft/signalr, as a WebSocket at once: without a negotiation before it, which costs round trips and asks balancers
 * for sticky sessions. An application whose users cannot have WebSockets passes a `transport` of its own.
 */
export function signalRTransport({ url, token, protocol }: TransportOptions): HubTransport {
  return new HubConnectionBuilder()
    .withUrl(url, { accessTokenFactory: token, skipNegotiation: true, transport: HttpTransportType.WebSockets })
    .withHubProtocol(protocol ?? new MessagePackHubProtocol())
    .withServerTimeout(SERVER_TIMEOUT_MS)
    .withKeepAliveInterval(KEEP_ALIVE_MS)
    .configureLogging(LogLevel.None) // errors reach the application as events, not as lines in its console
    .build();
}
