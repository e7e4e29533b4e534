/** What a server accepts. A rate of 0 means no limit. */
export interface ServerLimits {
  /** Largest operation, in bytes of its JSON form. */
  readonly maxOperationBytes: number;
  /** Longest document, in UTF-16 code units; an embed counts one. */
  readonly maxDocumentLength: number;
  /** Largest frame, in bytes; a larger one closes the connection. */
  readonly maxFrameBytes: number;
  /** Operations that one connection may submit each second. */
  readonly operationsPerSecond: number;
  /** Selections that one connection may send each second. */
  readonly selectionsPerSecond: number;
  /** Operations that all connections of the user may submit to one node each second. */
  readonly operationsPerSecondPerUser?: number;
  /** Selections that all connections of the user may send to one node each second. */
  readonly selectionsPerSecondPerUser?: number;
  /** Chat messages that all connections of the user may send to one node each second. */
  readonly messagesPerSecondPerUser?: number;
  /** Documents, and beside them rooms, that one connection may join each second. */
  readonly joinsPerSecond?: number;
  /** Documents, and beside them rooms, that all connections of the user may join on one node each second. */
  readonly joinsPerSecondPerUser?: number;
  /** Connections that one address may have to one hub of one node. */
  readonly connectionsPerAddress?: number;
}

/** The first callback on every hub: who the server takes the connection for, and what it accepts. */
export interface WelcomeMessage {
  readonly clientId: string;
  /** The node that answers; changes with every start of a server. */
  readonly serverId: string;
  readonly userId: string;
  readonly userName: string;
  readonly protocolVersion: number;
  /** The server's clock, ISO 8601 in UTC. */
  readonly serverTime: string;
  readonly limits: ServerLimits;
}
