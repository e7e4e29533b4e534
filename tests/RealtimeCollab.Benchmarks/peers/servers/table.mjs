import { contestants } from './contestants.mjs';
import { median } from './statistics.mjs';

const latency = [
  ['p50 ms', 'p50', 2],
  ['p99 ms', 'p99', 2],
  ['to all p95 ms', 'allP95', 2],
];
const shares = [
  ['server %', 'serverPercent', 0],
  ['load %', 'loadPercent', 0],
];

/** For each workload: titles, the values' names in a result, and decimals. */
export const columns = {
  flood: [['edits/s', 'editsPerSecond', 0], ['µs/edit', 'microsecondsPerEdit', 0], ['µs/delivery', 'microsecondsPerDelivery', 1], ...latency, ...shares],
  typing: [['edits/s', 'editsPerSecond', 0], ['µs/edit', 'microsecondsPerEdit', 0], ['µs/delivery', 'microsecondsPerDelivery', 1], ...latency, ...shares],
  idle: [['connections', 'connections', 0], ['MiB', 'megabytes', 0], ['KiB/connection', 'kilobytesPerConnection', 1], ['% of a core/1,000', 'percentPerThousand', 2]],
  opening: [['edits/s written', 'editsPerSecond', 0], ['open ms', 'openMilliseconds', 1], ['from disk after a restart ms', 'fromDiskMilliseconds', 1]],
};

/** Medians, and in brackets the range if there were several runs. */
export function table(titles, results) {
  const rows = results.map(({ contestant, runs }) => [contestants[contestant].title, ...titles.map(([, name, decimals]) => cell(runs, name, decimals))]);
  const lines = [['server', ...titles.map(([title]) => title)], ['---', ...titles.map(() => '---:')], ...rows];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function cell(runs, name, decimals) {
  const values = runs.map((run) => run[name]).filter((value) => value !== undefined);
  if (values.length === 0) return '';
  const show = (value) => value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const [least, most] = [Math.min(...values), Math.max(...values)].map(show);
  return least === most ? least : `${show(median(values))} (${least}–${most})`;
}
