export * from './ot/index.js';
export * from './client/index.js';
export type { DocumentRole, ErrorCode, ServerLimits, WelcomeMessage } from './protocol/index.js';
