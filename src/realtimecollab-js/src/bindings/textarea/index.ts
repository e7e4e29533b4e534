export { bindTextarea } from './textarea.js';
