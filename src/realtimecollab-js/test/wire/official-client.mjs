// The official SignalR client, driven by lines of JSON: {"call", "method", "argument"} comes in, the argument as text that is parsed here;
// {"connected"}, {"call", "result"}, {"call", "error"}, {"callback", "message"} and {"closed"} go out.
//   node test/wire/official-client.mjs <hub address with token> json|messagepack <callback>...
import { createInterface } from 'node:readline';
import { HubConnectionBuilder, JsonHubProtocol, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';

const [address, protocol, ...callbacks] = process.argv.slice(2);
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const connection = new HubConnectionBuilder()
  .withUrl(address)
  .withHubProtocol(protocol === 'json' ? new JsonHubProtocol() : new MessagePackHubProtocol())
  .configureLogging(LogLevel.None)
  .build();
for (const callback of callbacks) connection.on(callback, (message) => tell({ callback, message }));
connection.onclose(() => {
  tell({ closed: true });
  process.exit();
});
await connection.start();
tell({ connected: true });

for await (const line of createInterface(process.stdin)) {
  const { call, method, argument } = JSON.parse(line);
  connection.invoke(method, JSON.parse(argument)).then(
    (result) => tell({ call, result: result ?? null }),
    (error) => tell({ call, error: error.message }),
  );
}
await connection.stop();
