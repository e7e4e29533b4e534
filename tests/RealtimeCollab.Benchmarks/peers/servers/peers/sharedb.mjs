// ShareDB with its database and its pubsub in memory, and its defaults.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { WebSocketServer } from 'ws';

const require = createRequire(import.meta.url);
const ShareDB = require('sharedb');
const JsonStream = require('@teamwork/websocket-json-stream');
ShareDB.types.register(require('ot-text-unicode').type);
ShareDB.types.register(require('rich-text').type);

const backend = new ShareDB();
const server = createServer((_, response) => response.end());
new WebSocketServer({ server }).on('connection', (socket) => backend.listen(new JsonStream(socket)));
server.listen(Number(process.env.PORT), '127.0.0.1');
