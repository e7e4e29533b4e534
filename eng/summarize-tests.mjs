// Adds up what the test runners wrote (TRX files and vitest's JSON) and prints it as the last line of a test run.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? 'TestResults';
const total = { passed: 0, failed: 0, skipped: 0 };
let reports = 0;

for (const name of readdirSync(folder)) {
  const text = () => readFileSync(join(folder, name), 'utf8');
  if (name.endsWith('.trx')) {
    const counters = /<Counters total="(\d+)" executed="(\d+)" passed="(\d+)"/.exec(text());
    if (!counters) throw new Error(`${name} has no counters: its run broke off`);
    const [all, executed, passed] = counters.slice(1).map(Number);
    total.passed += passed;
    total.failed += executed - passed;
    total.skipped += all - executed;
    reports++;
  } else if (name === 'vitest.json') {
    const report = JSON.parse(text());
    total.passed += report.numPassedTests;
    total.failed += report.numFailedTests + (report.success || report.numFailedTests ? 0 : 1);
    total.skipped += report.numPendingTests + report.numTodoTests;
    reports++;
  }
}

const skipped = total.skipped ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
const incomplete = reports < 2 || total.passed === 0 || (process.env.CI === 'true' && total.skipped > 0);
process.exit(total.failed > 0 || incomplete ? 1 : 0);
