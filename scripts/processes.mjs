// @ts-check
// Starting other programs so that none of them outlives us, on Linux, macOS and Windows alike.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const windows = process.platform === 'win32';

/** @type {Set<() => void>} */
const cleanups = new Set();

/**
 * Has `clean` called when this process ends, be it by itself, by Ctrl-C or by a polite signal.
 * @param {() => void} clean must be synchronous; what it throws is ignored
 * @returns {() => void} cleans now instead; later calls do nothing
 */
export function atExit(clean) {
  if (!listening) listen();
  const once = () => {
    if (!cleanups.delete(once)) return;
    try {
      clean();
    } catch {
      // Nothing sensible is left to do while the process ends.
    }
  };
  cleanups.add(once);
  return once;
}

let listening = false;

function listen() {
  listening = true;
  process.on('exit', cleanUp);
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    process.on(signal, () => process.exit(code));
  }
  // npm passes a signal on to a shell, which dies of it without a word to us: all we see is that our parent has changed.
  const parent = process.ppid;
  const orphaned = () => process.ppid !== parent && process.exit(143);
  if (process.env.npm_lifecycle_event) setInterval(orphaned, 1000).unref();
}

function cleanUp() {
  for (const clean of [...cleanups].reverse()) clean();
}

/**
 * A new temporary folder that is gone when this process ends.
 * The name is short because macOS allows a socket inside it only about a hundred characters, and the path is real because
 * an editor compares paths as text (the temporary folder is a link on macOS).
 * @param {string} name
 * @returns {{ path: string, remove: () => void }}
 */
export function temporaryFolder(name) {
  const path = realpathSync.native(mkdtempSync(join(tmpdir(), `guidelint-${name}-`)));
  return { path, remove: atExit(() => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })) };
}

/**
 * Starts a program whose whole process tree dies with us.
 * A `.cmd` or `.bat` file on Windows goes through the shell (Node refuses it otherwise), so its arguments are quoted.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {import('node:child_process').ChildProcess & { stop: () => Promise<void> }}
 */
export function startTree(command, args, options = {}) {
  const script = windows && /\.(cmd|bat)$/i.test(command);
  const quote = (/** @type {string} */ text) => (script ? `"${text}"` : text);
  // A process group of its own (POSIX only) is what lets us end grandchildren too.
  const child = spawn(quote(command), args.map(quote), { ...options, shell: script, detached: !windows });
  const exited = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  const kill = atExit(() => killTree(child.pid, 'SIGKILL'));
  const stop = async () => {
    killTree(child.pid, 'SIGTERM');
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
    kill();
  };
  return Object.assign(child, { stop });
}

/**
 * @param {number | undefined} pid the leader of a process group (POSIX) or the root of a tree (Windows)
 * @param {NodeJS.Signals} signal
 */
function killTree(pid, signal) {
  if (pid === undefined) return;
  if (windows) {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone.
  }
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { timeout?: number }} [options] `timeout` in milliseconds
 * @returns {Promise<{ code: number | null, output: string }>} `output` is what came through pipes; a program that cannot
 *   be started at all or ran out of time has the code null and says so in `output`
 */
export async function run(command, args, { timeout, ...options } = {}) {
  const child = startTree(command, args, options);
  let output = '';
  child.stdout?.on('data', (data) => {
    output += data;
  });
  child.stderr?.on('data', (data) => {
    output += data;
  });
  const timer = timeout
    ? setTimeout(() => {
        output += `\nstopped after ${timeout / 1000} s`;
        void child.stop();
      }, timeout)
    : undefined;
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(null);
    });
    child.once('close', (exitCode) => resolve(exitCode));
  });
  clearTimeout(timer);
  await child.stop();
  return { code, output };
}
