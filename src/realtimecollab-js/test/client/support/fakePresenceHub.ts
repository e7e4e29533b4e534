import type { PresenceStatus, PresenceUser } from '../../../src/protocol/presence.js';
import type { FakeConnection } from './fakeTransport.js';

interface Watching {
  readonly userIds: Set<string>;
  readonly documentIds: Set<string>;
}

interface Call {
  readonly userIds?: readonly string[];
  readonly documentIds?: readonly string[];
  readonly status?: PresenceStatus;
  readonly text?: string;
  readonly active?: boolean;
}

/** The server's presence hub in memory, without time: users are what a test says they are. */
export class FakePresenceHub {
  readonly users = new Map<string, PresenceUser>();
  /** Documents that nobody may watch. */
  readonly closedDocuments = new Set<string>();
  /** What was called, by whom, except for watching. */
  readonly calls: string[] = [];
  /** Runs between the reading of an answer and its way back. */
  beforeAnswer: () => void = () => undefined;
  readonly #connections = new Map<FakeConnection, Watching>();

  set(userId: string, status: PresenceStatus, documents: readonly string[] = [], text?: string): void {
    const before = this.users.get(userId);
    const user = { userId, userName: userId, status, documents, devices: [], ...(text !== undefined && { text }) };
    this.users.set(userId, user);
    for (const [connection, watching] of this.#connections)
      if (sees(watching, user) || (before !== undefined && sees(watching, before)))
        connection.callBack('PresenceChanged', { users: [user] });
  }

  call(connection: FakeConnection, method: string, argument: Call): unknown {
    const watching = this.#connections.get(connection) ?? { userIds: new Set(), documentIds: new Set() };
    this.#connections.set(connection, watching);
    const { userIds = [], documentIds = [] } = argument;
    switch (method) {
      case 'Watch': {
        const closed = documentIds.find((id) => this.closedDocuments.has(id));
        if (closed !== undefined) throw new Error(`HubException: permission_denied: not ${closed}`);
        for (const id of userIds) watching.userIds.add(id);
        for (const id of documentIds) watching.documentIds.add(id);
        const asked = { userIds: new Set(userIds), documentIds: new Set(documentIds) };
        const users = [...this.users.values()].filter((user) => sees(asked, user));
        this.beforeAnswer();
        return { users };
      }
      case 'Unwatch':
        for (const id of userIds) watching.userIds.delete(id);
        for (const id of documentIds) watching.documentIds.delete(id);
        return null;
      case 'GetPresence':
        return { users: userIds.flatMap((id) => this.users.get(id) ?? []) };
      default:
        if (argument.text === 'refused') throw new Error('HubException: invalid_request: no');
        this.calls.push(`${method} ${argument.status ?? argument.active}`);
        return null;
    }
  }

  leave(connection: FakeConnection): void {
    this.#connections.delete(connection);
  }
}

function sees({ userIds, documentIds }: Watching, user: PresenceUser): boolean {
  return userIds.has(user.userId) || user.documents.some((id) => documentIds.has(id));
}
