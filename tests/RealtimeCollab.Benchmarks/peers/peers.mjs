// node peers.mjs LIBRARY INPUT: measures one library on the works of `compare` and prints its figures, microseconds each, as one JSON object.
// Processor time of this process, median of 7 rounds after a warm-up, as Compare/CpuStopwatch.cs does; slow works get fewer edits.
import fs from 'node:fs';
import zlib from 'node:zlib';
import { libraries } from './libraries.mjs';

const [name, inputPath] = process.argv.slice(2);
const input = JSON.parse(fs.readFileSync(inputPath, 'utf8'));
const trace = JSON.parse(zlib.gunzipSync(fs.readFileSync(input.tracePath)));
const library = libraries[name]();
const roundTime = 150_000;
const patience = 20_000_000; // a work that has taken so long is not repeated
const figures = {};

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};
const median = (values) => values.sort((x, y) => x - y)[values.length >> 1];

function measure(work, operations, round) {
  const begin = cpu();
  const once = () => {
    const start = cpu();
    let count = 0;
    do {
      round();
      count++;
    } while (cpu() - start < roundTime);
    return (cpu() - start) / (count * operations);
  };
  const rounds = [once()];
  for (let warm = 1; warm < 4 && cpu() - begin < patience; warm++) rounds[0] = once();
  if (cpu() - begin < patience) rounds.length = 0;
  while (rounds.length < 7 && (rounds.length === 0 || cpu() - begin < patience)) rounds.push(once());
  figures[work] = median(rounds);
}

function replay(edits) {
  const document = library.open(trace.startContent);
  for (const [position, deleted, inserted] of edits) document.edit(position, deleted, inserted);
  const text = document.text();
  if (edits.length === trace.edits.length && text !== trace.endContent) throw new Error(`${name}: the trace did not lead to its end`);
}

function randomEdits(work, length) {
  const document = library.open('All work and no play makes a tool that nobody wants to use twice, or once\n'.repeat(length / 74 + 1).slice(0, length));
  let k = 0;
  measure(work, 10, () => {
    for (let i = 0; i < 10; i++) document.edit(Math.floor(input.places[k++ % input.places.length] * document.length), 0, 'x');
  });
}

measure('trace', trace.edits.length, () => replay(trace.edits));
if (library.carry) {
  const { length, op, concurrent } = input.transform;
  for (const count of [100, 1000]) {
    const committed = concurrent.slice(0, count).map(([position, text], k) => library.make(length + k, position, 0, text));
    const operation = library.make(length, op[0], 0, op[1]);
    measure(`transform${count}`, count, () => committed.reduce((moved, other) => library.carry(moved, other), operation));
  }
}
if (library.compose) {
  const typed = Array.from({ length: 10_000 }, (_, k) => library.make(1000 + k, 500 + k, 0, 'abcdefghij'[k % 10]));
  measure('compose', typed.length, () => typed.reduce((composed, next) => library.compose(composed, next)));
}
if (library.parse) {
  const wire = input.wire.filter(library.reads);
  const operations = wire.map(library.parse);
  measure('parse', wire.length, () => wire.forEach(library.parse));
  measure('write', operations.length, () => operations.forEach(library.write));
}
randomEdits('edit1', 1_000_000);
randomEdits('edit10', 10_000_000);
console.log(JSON.stringify(figures));
