import { Crowd } from '../crowd.mjs';
import { pause } from '../waiting.mjs';
import { quantile, randomFrom } from '../statistics.mjs';

/** Everybody sends the next letter when the last one is confirmed. */
export const flood = (run) => write(run, (crowd, seconds) => writeInAClosedLoop(crowd, seconds));

/** Everybody types so many letters a second, at times that do not depend on the server. */
export const typing = (run) => write(run, (crowd, seconds) => typeAtTimes(crowd, seconds, run));

async function write({ contestant, server, documents, clients, warmUp, seconds }, work) {
  const crowd = await Crowd.gather(contestant, server.address, documents, clients);
  await writeInAClosedLoop(crowd, warmUp);
  await crowd.settle();

  crowd.forgetDelays();
  const [editsBefore, deliveredBefore] = [crowd.typed, crowd.delivered];
  const [start, serverBefore, selfBefore] = [performance.now(), server.processorTime, process.cpuUsage()];
  await work(crowd, seconds);
  const elapsed = (performance.now() - start) / 1000;
  await crowd.settle();
  const serverTime = server.processorTime - serverBefore;
  const self = process.cpuUsage(selfBefore);
  if (contestant.keepsText) crowd.requireEqualTexts();

  const edits = crowd.typed - editsBefore;
  await crowd.leave();
  return {
    editsPerSecond: edits / elapsed,
    microsecondsPerEdit: (serverTime * 1e6) / edits,
    microsecondsPerDelivery: (serverTime * 1e6) / (crowd.delivered - deliveredBefore),
    p50: quantile(crowd.delays, 0.5),
    p99: quantile(crowd.delays, 0.99),
    allP95: quantile(crowd.lastDelays, 0.95),
    serverPercent: (100 * serverTime) / elapsed,
    loadPercent: (self.user + self.system) / 1e4 / elapsed,
  };
}

async function writeInAClosedLoop(crowd, seconds) {
  const end = performance.now() + seconds * 1000;
  for (const writer of crowd.writers) {
    writer.copy.onCommit = () => {
      if (writer.copy.isCommitted && performance.now() < end) writer.type();
    };
    writer.type();
  }
  await pause(seconds * 1000);
  for (const { copy } of crowd.writers) copy.onCommit = () => undefined;
}

async function typeAtTimes(crowd, seconds, { rate, seed }) {
  const times = crowd.writers
    .flatMap((writer, number) => {
      const random = randomFrom(seed * 7919 + number);
      const own = [];
      for (let at = random() / rate; at < seconds; at += (0.5 + random()) / rate) own.push({ at: at * 1000, writer });
      return own;
    })
    .sort((one, other) => one.at - other.at);
  const start = performance.now();
  for (const { at, writer } of times) {
    const early = start + at - performance.now();
    if (early > 0.5) await pause(early);
    writer.type();
  }
}
