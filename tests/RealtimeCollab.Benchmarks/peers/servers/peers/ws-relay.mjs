// The floor of Node: passes each edit on to the others of a room and confirms it.
import { WebSocketServer } from 'ws';

const rooms = new Map();
const confirmed = JSON.stringify({ confirmed: true });
new WebSocketServer({ port: Number(process.env.PORT), host: '127.0.0.1' }).on('connection', (socket) => {
  let room = new Set();
  socket.on('message', (data) => {
    const { join, edit } = JSON.parse(data);
    if (join === undefined) {
      const message = JSON.stringify({ edit });
      for (const other of room) if (other !== socket) other.send(message);
      socket.send(confirmed);
      return;
    }
    room = rooms.get(join) ?? new Set();
    rooms.set(join, room.add(socket));
    socket.send(JSON.stringify({ joined: join }));
  });
  socket.on('close', () => room.delete(socket));
});
