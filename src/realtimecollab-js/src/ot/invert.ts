import { invertAttributes } from './attributes.js';
import { lengthOf, type Component } from './component.js';
import type { Document } from './document/document.js';
import { ComponentWriter } from './writer.js';

/** The components that take `components` back, which apply to `document`. The caller has checked the length. */
export function invert(components: readonly Component[], document: Document): ComponentWriter {
  const out = new ComponentWriter();
  let position = 0;
  for (const component of components) {
    if (typeof component === 'number' && component > 0) {
      out.retain(component);
      position += component;
    } else if (typeof component === 'number') {
      document.forEachRun(position, -component, (content, attributes) => out.insert(content, attributes));
      position -= component;
    } else if (typeof component === 'object' && 'retain' in component) {
      document.forEachRun(position, component.retain, (content, before) => {
        out.retain(typeof content === 'string' ? content.length : 1, invertAttributes(component.attributes, before));
      });
      position += component.retain;
    } else {
      out.delete(lengthOf(component));
    }
  }
  return out;
}
