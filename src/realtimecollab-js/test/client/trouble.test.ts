import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DocumentConflict, EditsRejected } from '../../src/client/index.js';
import { Room, type Guest } from './support/room.js';

let room: Room;
let ada: Guest;
beforeEach(() => {
  room = new Room();
  ada = room.guest('ada');
});
afterEach(() => room.end());

const text = () => room.hub.document('doc').content.toString();

test('an operation that the server refuses is handed back, and the document shows what the server has', async () => {
  const document = await ada.open('doc', { initialText: 'kept' });
  const rejected: EditsRejected[] = [];
  const origins: string[] = [];
  document.on('rejected', (event) => rejected.push(event));
  document.on('change', ({ origin }) => origins.push(origin));
  room.hub.refuse = (method) => (method === 'SubmitOperation' ? 'invalid_operation' : undefined);
  document.insert(4, ' lost');
  document.insert(9, ' too');
  await room.settle();
  room.hub.refuse = () => undefined;
  expect(rejected).toMatchObject([{ error: { code: 'invalid_operation' }, content: 'kept lost too' }]);
  expect(rejected[0]?.operations.map((operation) => operation.toJSON())).toEqual([
    [4, ' lost'],
    [9, ' too'],
  ]);
  expect([document.text, document.state, origins]).toEqual(['kept', 'synchronized', ['local', 'local', 'reload']]);
  document.insert(4, '!');
  await room.settle();
  expect(text()).toBe('kept!');
});

test('a role that was taken away stops edits, and hands back what was under way', async () => {
  const document = await ada.open();
  const rejected: EditsRejected[] = [];
  document.on('rejected', (event) => rejected.push(event));
  document.insert(0, 'too late');
  room.hub.document('doc').role = 'viewer';
  room.hub.refuse = (method) => (method === 'SubmitOperation' ? 'permission_denied' : undefined);
  await room.settle();
  expect([document.readOnly, document.text, document.state]).toEqual([true, '', 'synchronized']);
  expect(rejected).toMatchObject([{ content: 'too late' }]);
});

test('without pending edits, a client that is too far behind takes the whole content', async () => {
  const document = await ada.open('doc', { initialText: 'old' });
  ada.transport.cut();
  room.hub.commitAs('bob', 'doc', [3, 'er']);
  room.hub.document('doc').compact();
  await room.settle();
  expect([document.text, document.revision, document.state]).toEqual(['older', 1, 'synchronized']);
});

test('a gap that is too long to be answered at once is read in parts when there are pending edits', async () => {
  const document = await ada.open();
  room.hub.document('doc').maxResume = 0;
  ada.transport.cut();
  document.insert(0, '!');
  for (const letter of 'abcdefg') room.hub.commitAs('bob', 'doc', [...(text() === '' ? [] : [text().length]), letter]);
  await room.settle();
  expect(document.text).toBe(text());
  expect([text(), document.state]).toEqual(['!abcdefg', 'synchronized']);
});

test('pending edits that the server cannot place any more are kept as a conflict until the application has seen to it', async () => {
  const document = await ada.open('doc', { initialText: 'base' });
  const conflicts: DocumentConflict[] = [];
  document.on('conflict', (conflict) => conflicts.push(conflict));
  ada.transport.cut();
  document.insert(4, ' mine');
  room.hub.commitAs('bob', 'doc', ['their ', 4]);
  room.hub.document('doc').compact();
  await room.settle();
  expect(document.state).toBe('conflict');
  expect(conflicts).toMatchObject([{ code: 'revision_too_old', revision: 0, content: 'base mine' }]);
  expect(conflicts[0]?.pending?.toJSON()).toEqual([4, ' mine']);
  expect(document.conflict).toBe(conflicts[0]);
  expect([document.text, text()]).toEqual(['base mine', 'their base']);
  document.resolveConflict('discard');
  await room.settle();
  expect([document.text, document.state, document.conflict]).toEqual(['their base', 'synchronized', null]);
});

test('what is edited after a conflict was given up, before the content of the server is there, is kept', async () => {
  const document = await ada.open('doc', { initialText: 'base' });
  ada.transport.cut();
  document.insert(4, ' given up');
  room.hub.commitAs('bob', 'doc', ['their ', 4]);
  room.hub.document('doc').compact();
  await room.settle();
  document.resolveConflict('discard');
  document.insert(4, '!');
  await room.settle();
  expect([document.text, text(), document.state]).toEqual(['their base!', 'their base!', 'synchronized']);
});

test('a server that was set back to an earlier state does not silently take the newer text away', async () => {
  const document = await ada.open();
  document.insert(0, 'precious');
  await room.settle();
  ada.transport.cut();
  room.hub.documents.delete('doc');
  await room.settle(20_000);
  expect([document.state, document.text, document.conflict?.code]).toEqual(['conflict', 'precious', 'revision_ahead']);
  document.resolveConflict('discard');
  await room.settle();
  document.insert(0, 'new');
  await room.settle();
  expect([document.text, text(), document.state]).toEqual(['new', 'new', 'synchronized']);
});

test('an entry that does not fit makes the client load the content anew', async () => {
  const document = await ada.open('doc', { initialText: 'right' });
  const errors: string[] = [];
  document.on('error', ({ code }) => errors.push(code));
  const wrong = { revision: 1, clientId: 'x', userId: 'x', operationId: 'x', operation: [99, 'wrong'], timestamp: '' };
  ada.transport.connection?.callBack('OperationsApplied', { documentId: 'doc', fromRevision: 0, operations: [wrong] });
  room.hub.commitAs('bob', 'doc', ['al', 5]);
  await room.settle();
  expect([document.text, document.revision, document.state, errors]).toEqual([
    'alright',
    1,
    'synchronized',
    ['content_diverged'],
  ]);
});

test('a document that was closed by the server says why, and what was not saved', async () => {
  const document = await ada.open();
  ada.transport.isReachable = false;
  const closed: unknown[] = [];
  document.on('closed', ({ reason, operations }) => closed.push(reason, operations.length));
  room.hub.refuse = (method) => (method === 'SubmitOperation' ? 'rate_limited' : undefined);
  document.insert(0, 'x');
  ada.transport.connection?.callBack('DocumentClosed', { documentId: 'doc', reason: 'deleted' });
  await room.settle();
  expect([document.state, document.isClosed, ...closed]).toEqual(['offline', true, 'deleted', 1]);
});

test('a document that the user may not read any more is closed', async () => {
  const document = await ada.open();
  const closed: string[] = [];
  document.on('closed', ({ reason }) => closed.push(reason));
  ada.transport.connection?.callBack('AccessChanged', { documentId: 'doc', role: 'none' });
  await room.settle();
  expect([document.isClosed, document.state, document.role, closed]).toEqual([
    true,
    'offline',
    'none',
    ['permission_denied'],
  ]);
});

test('a document that was deleted while the client was away hands the edits back and is not created again', async () => {
  const document = await ada.open('doc', { initialText: 'text' });
  const closed: unknown[] = [];
  document.on('closed', ({ reason, operations }) => closed.push(reason, operations.map(String)));
  const asked: unknown[] = [];
  ada.transport.cut();
  document.insert(4, ' and more');
  room.hub.refuse = (method) => {
    asked.push(method);
    return method === 'StartEditing' ? 'document_not_found' : undefined;
  };
  await room.settle(20_000);
  expect([document.isClosed, document.text, closed[0], asked]).toEqual([
    true,
    'text and more',
    'document_not_found',
    ['StartEditing'],
  ]);
  expect(closed[1]).toHaveLength(1);
});

test('opening what the user may not open fails with the code of the server', async () => {
  room.hub.refuse = () => 'permission_denied';
  await expect(ada.open()).rejects.toMatchObject({
    name: 'CollabServerError',
    code: 'permission_denied',
    message: 'no',
  });
  room.hub.refuse = () => undefined;
  expect((await ada.open()).state).toBe('synchronized');
});

test('a listener that throws disturbs nobody', async () => {
  const uncaught: unknown[] = [];
  vi.stubGlobal('reportError', (error: unknown) => uncaught.push(error));
  const document = await ada.open();
  const seen: string[] = [];
  document.on('change', () => {
    throw new Error('listener');
  });
  document.on('change', ({ origin }) => seen.push(origin));
  document.insert(0, 'x');
  expect([seen, document.text, uncaught]).toEqual([['local'], 'x', [new Error('listener')]]);
  vi.unstubAllGlobals();
});
