// One adapter for each library: a document that takes edits, and an algebra of operations. What a library does not have is left out.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

function otjs() {
  const { TextOperation } = require('ot');
  const make = (length, position, deleted, inserted) => {
    const operation = new TextOperation();
    if (position) operation.retain(position);
    if (inserted) operation.insert(inserted);
    if (deleted) operation.delete(deleted);
    const rest = length - position - deleted;
    if (rest) operation.retain(rest);
    return operation;
  };
  return {
    open: (text) => ({
      edit(position, deleted, inserted) { text = make(text.length, position, deleted, inserted).apply(text); },
      get length() { return text.length; },
      text: () => text,
    }),
    make,
    carry: (operation, committed) => TextOperation.transform(operation, committed)[0],
    compose: (first, second) => first.compose(second),
    parse: (json) => TextOperation.fromJSON(JSON.parse(json)),
    write: (operation) => JSON.stringify(operation.toJSON()),
    reads: (json) => !json.includes('{'), // plain text only
  };
}

function unicode() {
  const { type } = require('ot-text-unicode');
  const make = (length, position, deleted, inserted) => {
    const operation = [];
    if (position) operation.push(position);
    if (inserted) operation.push(inserted);
    if (deleted) operation.push({ d: deleted });
    return operation;
  };
  return {
    open: (text) => ({
      edit(position, deleted, inserted) { text = type.apply(text, make(0, position, deleted, inserted)); },
      get length() { return text.length; },
      text: () => text,
    }),
    make,
    carry: (operation, committed) => type.transform(operation, committed, 'left'),
    compose: (first, second) => type.compose(first, second),
  };
}

function quill() {
  const Delta = require('quill-delta');
  const make = (length, position, deleted, inserted) => {
    const operation = new Delta();
    if (position) operation.retain(position);
    if (inserted) operation.insert(inserted);
    if (deleted) operation.delete(deleted);
    return operation;
  };
  const components = (array) => new Delta(array.map((c) => (typeof c === 'string' ? { insert: c } : typeof c === 'object' ? c : c > 0 ? { retain: c } : { delete: -c })));
  return {
    open: (start) => {
      let document = new Delta().insert(start);
      let length = start.length;
      return {
        edit(position, deleted, inserted) {
          document = document.compose(make(0, position, deleted, inserted));
          length += inserted.length - deleted;
        },
        get length() { return length; },
        text: () => document.ops.map((op) => op.insert).join(''),
      };
    },
    make,
    carry: (operation, committed) => committed.transform(operation, false),
    compose: (first, second) => first.compose(second),
    parse: (json) => components(JSON.parse(json)),
    write: (operation) => JSON.stringify(operation.ops),
    reads: () => true,
  };
}

function yjs() {
  const Y = require('yjs');
  return {
    open: (start) => {
      const document = new Y.Doc();
      const text = document.getText('t');
      if (start) text.insert(0, start);
      return {
        edit: (position, deleted, inserted) => document.transact(() => {
          if (deleted) text.delete(position, deleted);
          if (inserted) text.insert(position, inserted);
        }),
        get length() { return text.length; },
        text: () => text.toString(),
      };
    },
  };
}

export const libraries = { 'ot.js': otjs, 'ot-text-unicode': unicode, 'quill-delta': quill, yjs };
