// Makes tests/vectors/messagepack*.jsonl with the official client's own encoder. Run by hand when a message of the contract changes:
//   node test/wire/make-messagepack-vectors.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { MessageType } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';

const protocol = new MessagePackHubProtocol();
const rows = [];

/** A row that is read and written. `readOnly`: the official client writes it, but our side in another form that means the same. */
function row(note, message, { readOnly = false } = {}) {
  const bytes = Buffer.from(protocol.writeMessage(message)).toString('hex');
  rows.push({ id: `m${rows.length + 1}`, note, ...(readOnly && { readOnly }), message, bytes });
}

const call = (target, argument, rest = {}) => ({
  type: MessageType.Invocation,
  invocationId: '7',
  target,
  arguments: [argument],
  streamIds: [],
  ...rest,
});
const callback = (target, argument) => ({ type: MessageType.Invocation, target, arguments: [argument], streamIds: [] });
const item = (value) => ({ type: MessageType.StreamItem, invocationId: '1', item: value });
const result = (value, of) => ({ type: MessageType.Completion, invocationId: '7', result: value, of });

// every type of message
row('ping', { type: MessageType.Ping });
row('close', { type: MessageType.Close }, { readOnly: true });
row('ack', { type: MessageType.Ack, sequenceId: 36 });
row('ack of many', { type: MessageType.Ack, sequenceId: Number.MAX_SAFE_INTEGER });
row('sequence', { type: MessageType.Sequence, sequenceId: 19 });
row('cancel', { type: MessageType.CancelInvocation, invocationId: 'xyz' });
row('completion without a result', { type: MessageType.Completion, invocationId: 'xyz' });
row('completion with an error', { type: MessageType.Completion, invocationId: 'xyz', error: 'invalid_request: no' });
row('completion with a result', { type: MessageType.Completion, invocationId: 'xyz', result: 42 });
row('completion with a result that is null', { type: MessageType.Completion, invocationId: 'xyz', result: null });
row('call', call('method', 42));
row('call as it is sent without streams', { ...call('method', 42), streamIds: undefined }, { readOnly: true });
row('call that nobody awaits', callback('method', 42));
row('call without arguments', call('method', null, { arguments: [] }));
row('call with two arguments', call('method', null, { arguments: [42, 'two'] }));
row('call with streams', call('method', 42, { streamIds: ['1', '2'] }));
row('call with headers', call('method', 42, { headers: { x: 'y', z: '漢' } }));
row('call with headers and streams', call('method', 42, { headers: { x: 'y' }, streamIds: ['1'] }));
row('stream', { ...call('method', 42), type: MessageType.StreamInvocation });
row('stream with headers', { ...call('method', 42, { headers: { x: 'y' } }), type: MessageType.StreamInvocation });
row('item with headers', { ...item(42), headers: { x: 'y' } });

// every form of a value, at its borders
for (const value of [null, true, false]) row(`item: ${value}`, item(value));
for (const border of [0, 0x7f, 0xff, 0xffff, 0xffffffff, Number.MAX_SAFE_INTEGER]) {
  row(`item: ${border}`, item(border));
  if (border > 0 && border < Number.MAX_SAFE_INTEGER) row(`item: ${border + 1}`, item(border + 1));
}
for (const border of [-1, -0x20, -0x80, -0x8000, -0x80000000]) {
  row(`item: ${border}`, item(border));
  if (border < -1) row(`item: ${border - 1}`, item(border - 1));
}
row('item: the lowest safe integer', item(Number.MIN_SAFE_INTEGER));
for (const fraction of [0.5, -0.1, 1e300, 5e-324, 1 / 3]) row(`item: ${fraction}`, item(fraction));
for (const length of [0, 1, 31, 32, 255, 256]) row(`item: text of ${length} bytes`, item('x'.repeat(length)));
row('item: text of one, two, three and four bytes', item('aé漢😀'));
row('item: text with all that JSON escapes', item('"\\/\b\f\n\r\t\u0000\u001f\u007f<>&\u2028'));
row('item: long text, as the encoder writes it in another way', item('😀漢é'.repeat(100)));
for (const count of [0, 15, 16]) row(`item: array of ${count}`, item(Array.from({ length: count }, (_, i) => i)));
for (const count of [0, 15, 16])
  row(`item: map of ${count}`, item(Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]))));
row('item: nested', item([[[{ a: { b: [{}] } }]]]));
for (const time of [
  '2026-11-21T21:24:28.000Z',
  '2026-11-21T21:24:28.417Z',
  '1969-07-20T20:17:40.000Z',
  '2600-01-01T00:00:00.500Z',
])
  row(`item: a Date, ${time}`, item(new Date(time)), { readOnly: true });

// the messages of the contract
const submit = (operation, rest = {}) =>
  call('SubmitOperation', { documentId: 'notes', operationId: 'a1', baseRevision: 1, operation, ...rest });
row('insert', submit([5, '!']));
row('insert into a long document', submit([99_999, 'Hello', 70_000]));
row('delete', submit([1, -3, 1]));
row('emoji', submit([2, '😀漢é']));
row('the operation that does nothing', submit([]));
row('format', submit([{ retain: 5, attributes: { bold: true, font: 'mono', line: 1.5, link: null, size: 12 } }]));
row('formatted insert', submit([{ insert: 'x', attributes: { bold: true } }, -1]));
row(
  'embed',
  submit([
    { insert: { image: 'a.png' } },
    { insert: { formula: { a: [1, 0.5, null, 'é'] } }, attributes: { bold: false } },
  ]),
);
row(
  'selection',
  submit([5, '!'], {
    selection: {
      ranges: [
        { anchor: 6, head: 6 },
        { anchor: 0, head: 3 },
      ],
    },
  }),
);
row(
  'members in another order',
  call('SubmitOperation', { operation: [5, '!'], baseRevision: 1, operationId: 'a1', documentId: 'notes' }),
  { readOnly: true },
);
row('absent members', submit([5, '!'], { selection: undefined }), { readOnly: true });
row('Quill', submit({ ops: [{ retain: 5 }, { insert: '!' }] }), { readOnly: true });
row(
  'list',
  submit([
    [5, 'A'],
    [6, 'B'],
  ]),
  { readOnly: true },
);
row('positional', submit({ type: 'insert', position: 5, content: '!' }), { readOnly: true });
row('saved', result({ documentId: 'notes', operationId: 'a1', revision: 2 }, 'SubmitOperation'));

const entry = {
  revision: 2,
  clientId: 'ada-laptop',
  userId: 'ada',
  operationId: 'a1',
  operation: [5, '!'],
  timestamp: '2026-11-21T21:24:28.417Z',
};
const rich = {
  ...entry,
  revision: 3,
  operationId: 'a2',
  operation: [{ retain: 6, attributes: { bold: true } }, { insert: { image: 'a.png' } }],
};
row('applied', callback('OperationsApplied', { documentId: 'notes', fromRevision: 1, operations: [entry] }));
row('two applied', callback('OperationsApplied', { documentId: 'notes', fromRevision: 1, operations: [entry, rich] }));
row('gap filled', result({ documentId: 'notes', fromRevision: 1, operations: [entry, rich] }, 'GetOperations'));
row('nothing in the gap', result({ documentId: 'notes', fromRevision: 1, operations: [] }, 'GetOperations'));

const ada = { clientId: 'ada-laptop', userId: 'ada', userName: 'Ada', color: '#aa3355', isEditing: true };
const snapshot = {
  documentId: 'notes',
  sessionId: 's1',
  contentType: 'text',
  revision: 1,
  content: 'Hello',
  operations: [],
  clients: [ada],
  role: 'owner',
  readOnly: false,
  createdAt: entry.timestamp,
  updatedAt: entry.timestamp,
};
row(
  'join',
  call('StartEditing', { documentId: 'notes', contentType: 'richText', initialText: 'Hello', sinceRevision: 3 }),
);
row('snapshot', result(snapshot, 'StartEditing'));
row(
  'rich snapshot',
  result(
    {
      ...snapshot,
      contentType: 'richText',
      content: ['Hi ', { insert: 'you', attributes: { bold: true } }, { insert: { image: 'a.png' } }],
    },
    'Subscribe',
  ),
);
row('heartbeat', call('Heartbeat', { documentIds: ['notes', 'more'] }));
row(
  'heads',
  result(
    {
      serverTime: entry.timestamp,
      heads: { notes: 1 },
      checksums: { notes: { revision: 1, hash: 'd0a378186726fc5f' } },
    },
    'Heartbeat',
  ),
);
row(
  'selection alone',
  call('UpdateSelection', { documentId: 'notes', revision: 1, selection: { ranges: [{ anchor: 0, head: 5 }] } }),
);
row(
  'refusal',
  callback('Error', {
    code: 'invalid_operation',
    message: 'No.',
    documentId: 'notes',
    operationId: 'a2',
    details: 'base-length',
  }),
);

const vectors = new URL('../../../../tests/vectors/', import.meta.url);
const lines = (all) => all.map((one) => `${JSON.stringify(one)}\n`).join('');
writeFileSync(new URL('messagepack.jsonl', vectors), lines(rows));

// the operations that are odd or refused, as calls; what is no JSON and what is null cannot be sent as an operation
const operations = ['invalid.jsonl', 'canonical.jsonl'].flatMap((name) =>
  readFileSync(new URL(name, vectors), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .flatMap(({ id, wire }) => {
      if (typeof wire !== 'string') return [];
      let operation;
      try {
        operation = JSON.parse(wire);
      } catch {
        return [];
      }
      const bytes = Buffer.from(protocol.writeMessage(submit(operation))).toString('hex');
      return operation === null ? [] : [{ id: `${name.slice(0, -6)} ${id}`, wire, bytes }];
    }),
);
writeFileSync(new URL('messagepack-operations.jsonl', vectors), lines(operations));
console.log(`${rows.length} messages, ${operations.length} operations`);
