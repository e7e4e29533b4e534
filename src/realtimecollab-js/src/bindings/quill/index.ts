export { bindQuill } from './quill.js';
