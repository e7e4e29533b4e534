export type { PresenceDevice, PresenceStatus, PresenceUser, SettableStatus } from '../../protocol/presence.js';
export { pageActivity, type Activity } from './activity.js';
export { PresenceClient, type PresenceClientOptions, type PresenceEvents } from './presenceClient.js';
export type { Watched } from './watchList.js';
