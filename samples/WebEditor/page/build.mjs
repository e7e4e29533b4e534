// Builds realtimecollab-js and then the page. Run by the build of WebEditor.csproj; two builds at once take turns.
import { execSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const page = fileURLToPath(new URL('.', import.meta.url));
const library = fileURLToPath(new URL('../../../src/realtimecollab-js/', import.meta.url));
const result = join(page, '../wwwroot/index.html');
const lock = join(page, '.lock');
const longestWaitSeconds = 600;

await enter();
try {
  if (!isUpToDate()) {
    for (const folder of [library, page]) {
      if (!isInstalled(folder)) run('npm ci --no-audit --no-fund --loglevel=error', folder);
      run('npm run --silent build', folder);
    }
  }
} finally {
  rmSync(lock, { recursive: true, force: true });
}

function run(command, folder) {
  try {
    execSync(command, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  } catch (error) {
    const output = `\`${command}\` failed in ${folder}\n${error.stdout ?? ''}${error.stderr ?? error.message}`;
    for (const line of output.split('\n').filter((text) => text.trim() !== '')) console.error(`Error: ${line}`);
    rmSync(lock, { recursive: true, force: true });
    process.exit(1);
  }
}

function isInstalled(folder) {
  const installed = join(folder, 'node_modules/.package-lock.json');
  return existsSync(installed) && timeOf(installed) >= timeOf(join(folder, 'package-lock.json'));
}

/** Another build may have done it while this one waited. */
function isUpToDate() {
  if (!existsSync(result)) return false;
  const sources = [...filesIn(page), ...filesIn(join(library, 'src')), join(library, 'package-lock.json')];
  return sources.every((file) => timeOf(file) <= timeOf(result));
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === '.lock') return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

function timeOf(file) {
  return statSync(file).mtimeMs;
}

/** Takes the lock, or waits for it; a lock whose process is gone is taken over. */
async function enter() {
  for (let second = 0; second < longestWaitSeconds; second++) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isAbandoned()) rmSync(lock, { recursive: true, force: true });
      else await wait(1000);
    }
  }
  throw new Error(`another build has held ${lock} for ${longestWaitSeconds} seconds`);
}

function isAbandoned() {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    // without a pid, its owner is just about to write it, or died then
    return error.code === 'ESRCH' || (error.code === 'ENOENT' && existsSync(lock) && Date.now() - timeOf(lock) > 5000);
  }
}
