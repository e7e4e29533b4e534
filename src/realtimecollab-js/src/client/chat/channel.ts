/** What a room uses of its client: one connection, shared with other rooms. */
export interface ChatChannel {
  /** The user's id, as the server told it; undefined before the first connection. */
  userId(): string | undefined;
  /** Calls a method of the chat hub. @throws {CollabError} */
  invoke(method: string, argument: object): Promise<unknown>;
  /** Leaves the connection for a new one: to another node, or with another token. */
  move(): void;
}
