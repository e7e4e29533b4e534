export * from './documents.js';
export * from './errors.js';
export * from './welcome.js';
