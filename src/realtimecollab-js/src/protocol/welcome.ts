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
  /** Operations over all connections of a user to one node, each second. */
  readonly operationsPerSecondPerUser: number;
  /** Selections that one connection may send each second. */
  readonly selectionsPerSecond: number;
  readonly selectionsPerSecondPerUser: number;
  /** Chat messages that one connection may send each second. */
  readonly messagesPerSecond: number;
  readonly messagesPerSecondPerUser: number;
  /** Documents, and beside them rooms, that one connection may join each second. */
  readonly joinsPerSecond: number;
  readonly joinsPerSecondPerUser: number;
  /** Calls of `GetOperations` that one connection may make each second. */
  readonly readsPerSecond: number;
  readonly readsPerSecondPerUser: number;
  /** Longest chat message, in UTF-16 code units. */
  readonly maxMessageLength: number;
  /** Most mentions in a chat message. */
  readonly maxMentions: number;
  /** Most documents that one connection may have open. */
  readonly documentsPerConnection: number;
  /** Most connections that one user may have. */
  readonly connectionsPerUser: number;
  /** Most connections that one address may have to one hub of one node. */
  readonly connectionsPerAddress: number;
  /** How many revisions a submitted operation may lie behind the document's. */
  readonly maxRebaseDistance: number;
  /** Revisions of history that compaction keeps; absent: all. */
  readonly historyHorizon?: number | null;
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
