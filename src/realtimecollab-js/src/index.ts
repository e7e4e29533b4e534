export * from './ot/index.js';
