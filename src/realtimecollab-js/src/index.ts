export * from './ot/index.js';
export * from './client/index.js';
export type {
  DocumentRevision,
  DocumentRole,
  DocumentVersion,
  ErrorCode,
  ServerLimits,
  WelcomeMessage,
} from './protocol/index.js';
