/** How a user is to be found. `editing` and `offline` are derived by the server, never set. */
export type PresenceStatus = 'online' | 'away' | 'busy' | 'editing' | 'offline';

/** What a user may set. */
export type SettableStatus = Exclude<PresenceStatus, 'editing' | 'offline'>;

/** A user, merged over all devices. */
export interface PresenceUser {
  readonly userId: string;
  /** The id, if the server has not seen the user. */
  readonly userName: string;
  /** The first of editing, busy, online, away and offline that a device is. */
  readonly status: PresenceStatus;
  /** What the user says about the status. */
  readonly text?: string | null;
  /** The documents that the user has joined, as far as one may read them. */
  readonly documents: readonly string[];
  /** The device that has been here longest first. */
  readonly devices: readonly PresenceDevice[];
  /** When the user last did something, ISO 8601 in UTC; absent if the server does not know the user. */
  readonly lastActive?: string | null;
}

/** A device of a user: all connections with the same client id. */
export interface PresenceDevice {
  readonly clientId: string;
  readonly device?: string | null;
  /** ISO 8601 in UTC. */
  readonly since: string;
}

/** What presence calls give, and its callbacks. */
export interface PresenceUsers {
  readonly users: readonly PresenceUser[];
}
