import { BLANK } from '../crowd.mjs';
import { pause } from '../waiting.mjs';

/** Connections that have joined a document and do nothing: what one more of them takes, from the first half of them to all. */
export async function idle({ contestant, server, connections, clients, seconds }) {
  const sessions = [];
  const join = async (count) => {
    while (sessions.length < count) {
      const number = sessions.length;
      const session = await contestant.connect(server.address, number);
      sessions.push(session);
      await session.open(`document-${Math.floor(number / clients)}`, BLANK);
    }
    await pause(seconds * 1000);
    return server.residentMemory;
  };
  const half = await join(connections / 2);
  const all = await join(connections);
  const before = server.processorTime;
  await pause(seconds * 1000);
  const idling = server.processorTime - before;
  await Promise.all(sessions.map((session) => session.close()));
  return {
    connections,
    megabytes: all / 2 ** 20,
    kilobytesPerConnection: (all - half) / 1024 / (connections / 2),
    percentPerThousand: (100 * idling) / seconds / (connections / 1000),
  };
}
