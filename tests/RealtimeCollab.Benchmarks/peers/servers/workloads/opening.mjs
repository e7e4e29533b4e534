import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { median } from '../statistics.mjs';
import { until } from '../waiting.mjs';

const OPENS = 100;
/** A process that has opened so many documents has compiled what it needs for that; a few do after a start. */
const WARM_UPS = { running: 200, started: 9 };
const tracePath = fileURLToPath(new URL('../../../../vectors/trace-automerge-paper.json.gz', import.meta.url));

/** One client writes the beginning of a paper, edit by edit; then others open it: while it is open, and after the server was started again. */
export async function opening({ contestant, server, restart, edits: count }) {
  const { startContent, edits } = JSON.parse(gunzipSync(readFileSync(tracePath)));
  const author = await contestant.connect(server.address, 0);
  const copy = await author.open('paper', startContent);
  const start = performance.now();
  for (const [index, edit] of edits.slice(0, count).entries()) {
    copy.edit(...edit);
    if (index % 20 === 0) await setImmediate(); // the client's own sending gets its turns
  }
  await copy.settled();
  const writing = (performance.now() - start) / 1000;

  await warmUp(contestant, server, WARM_UPS.running);
  const open = await openSeveral(contestant, server, copy.text());
  const result = { editsPerSecond: count / writing, openMilliseconds: median(open) };
  if (contestant.isDurable) {
    const text = copy.text();
    await author.close();
    const again = await restart();
    await warmUp(contestant, again, WARM_UPS.started);
    result.fromDiskMilliseconds = (await openSeveral(contestant, again, text, 1))[0];
  } else await author.close();
  return result;
}

/** The first connections of a process wait for its compiler: these are others' documents. */
async function warmUp(contestant, server, opens) {
  for (let number = 1; number <= opens; number++) {
    const session = await contestant.connect(server.address, number);
    await session.open(`another-${number}`, 'another');
    await session.close();
  }
}

async function openSeveral(contestant, server, text, opens = OPENS) {
  const times = [];
  for (let number = 1; number <= opens; number++) {
    await contestant.signIn?.(server.address, number);
    const start = performance.now();
    const session = await contestant.connect(server.address, number);
    const copy = await session.open('paper', '');
    await until(() => copy.text() === text, () => 'the text is another one');
    times.push(performance.now() - start);
    await session.close();
  }
  return times;
}
