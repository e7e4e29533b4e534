import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';

const TICKS_PER_SECOND = 100;

/** A server in a process of its own, on core 0, whose processor time and memory can be read. */
export class MeasuredServer {
  #process;
  #isStopping = false;

  constructor(process, address) {
    this.#process = process;
    this.address = address;
    process.once('exit', (code) => {
      if (!this.#isStopping) throw new Error(`the server ended by itself, with ${code}`);
    });
  }

  /** Starts one, and waits until it takes connections. */
  static async start({ command, args, environment = {} }) {
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    // taskset becomes the server: the process id is the server's own
    const child = spawn('taskset', ['-c', '0', command, ...args], {
      env: { ...process.env, NODE_ENV: 'production', PORT: String(port), ASPNETCORE_URLS: address, ...environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const server = new MeasuredServer(child, address);
    const patience = Date.now() + 60_000;
    while (!(await takesConnections(port))) {
      if (Date.now() > patience) throw new Error(`${command} ${args.join(' ')} takes no connections`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return server;
  }

  /** User and system time since the start, in seconds. */
  get processorTime() {
    const stat = readFileSync(`/proc/${this.#process.pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }

  /** In bytes. */
  get residentMemory() {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, 'latin1');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)[1]) * 1024;
  }

  async stop() {
    this.#isStopping = true;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    const patience = setTimeout(() => this.#process.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(patience);
  }
}

function freePort() {
  return new Promise((resolve) => {
    const listener = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = listener.address();
      listener.close(() => resolve(port));
    });
  });
}

function takesConnections(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true) || socket.destroy()).once('error', () => resolve(false));
  });
}
