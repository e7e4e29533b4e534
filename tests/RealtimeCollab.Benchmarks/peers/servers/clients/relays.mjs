// The floors: an edit is a position and a text, which is passed on and forgotten. A relay has no text; its copies know only how long it would be.
import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import WebSocket from 'ws';
import { Copy } from './copy.mjs';

class RelayedCopy extends Copy {
  constructor(length, send) {
    super();
    this.length = length;
    this.send = send;
  }

  edit(position, deleted, inserted) {
    this.edits++;
    this.length += inserted.length - deleted;
    this.send(position, deleted, inserted);
  }

  take(position, deleted, inserted) {
    this.length += inserted.length - deleted;
    this.onRemote(position, deleted, inserted);
  }
}

export async function connectToSignalR(address) {
  const connection = new HubConnectionBuilder()
    .withUrl(`${address}/hubs/document`, { skipNegotiation: true, transport: HttpTransportType.WebSockets })
    .configureLogging(LogLevel.Error)
    .build();
  await connection.start();
  return {
    async open(documentId, text) {
      const copy = new RelayedCopy(text.length, (baseRevision, deleted, inserted) => {
        const edit = { documentId, operationId: '', baseRevision, operation: [String(deleted), inserted] };
        connection.invoke('SubmitOperation', edit).then(() => copy.committed());
      });
      connection.on('OperationsApplied', ({ baseRevision, operation: [deleted, inserted] }) => copy.take(baseRevision, Number(deleted), inserted));
      await connection.invoke('StartEditing', { documentId });
      return copy;
    },
    close: () => connection.stop(),
  };
}

export async function connectToWs(address) {
  const socket = new WebSocket(address.replace('http', 'ws'));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return {
    async open(documentId, text) {
      const copy = new RelayedCopy(text.length, (...edit) => socket.send(JSON.stringify({ edit })));
      await new Promise((resolve) => {
        socket.on('message', (data) => {
          const { edit, joined } = JSON.parse(data);
          if (joined) resolve();
          else if (edit) copy.take(...edit);
          else copy.committed();
        });
        socket.send(JSON.stringify({ join: documentId }));
      });
      return copy;
    },
    close: () => new Promise((resolve) => socket.once('close', resolve).close()),
  };
}
