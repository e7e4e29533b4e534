// Hocuspocus with its defaults: documents are in memory as long as somebody has them open.
import { Server } from '@hocuspocus/server';

await new Server({ port: Number(process.env.PORT), address: '127.0.0.1', quiet: true }).listen();
