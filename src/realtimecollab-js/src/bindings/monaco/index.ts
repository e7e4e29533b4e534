export { bindMonaco } from './monaco.js';
export type { MonacoEditor, MonacoModel } from './types.js';
