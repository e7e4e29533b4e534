export * from './chat.js';
export * from './documents.js';
export * from './errors.js';
export * from './history.js';
export * from './presence.js';
export * from './welcome.js';
