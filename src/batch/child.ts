import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The program itself, from src/ as well as from dist/. */
const PROGRAM = fileURLToPath(new URL('../../bin/mzreport.js', import.meta.url));
/** What a child says is a few megabytes; one that says more is out of its mind. */
const MOST_OUTPUT = 64 * 1024 * 1024;
/** How long a child that was told to stop may take to tidy up. */
const GRACE_MS = 2000;
const LOOK_EVERY_MS = 100;

/** Limits of one child; null for none. */
export interface Limits {
  /** How long the whole job may take, in seconds, and the signal that it is over. */
  seconds: number;
  deadline: AbortSignal;
  megabytes: number | null;
  /** What there is for it in MB when it shares the machine with the others; no limit. */
  share: number;
  /** Stops it from outside. */
  signal: AbortSignal;
}

/** Why a child was stopped. */
export type Stop = 'timeout' | 'memory' | 'interrupted';

/** How a child ended; `exitCode` is null when a signal ended it. */
export interface Ended {
  exitCode: number | null;
  /** The signal that ended it; null when it ended by itself. */
  signal: string | null;
  stdout: string;
  stderr: string;
  /** Null when it was left alone. */
  stopped: Stop | null;
}

/** Runs this program as a process of its own and waits for its end; resolves whatever happens to it. */
export function runChild(
  args: string[],
  folder: string,
  limits: Limits,
  onStart: (pid: number) => void,
): Promise<Ended> {
  const heap = limits.megabytes === null ? [] : [`--max-old-space-size=${Math.ceil(limits.megabytes)}`];
  const child = spawn(process.execPath, [...heap, PROGRAM, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  if (child.pid !== undefined) onStart(child.pid);
  return new Promise((resolve) => {
    const ended: Ended = { exitCode: null, signal: null, stdout: '', stderr: '', stopped: null };
    const release = watch(child, limits, (why) => {
      ended.stopped ??= why;
    });
    collect(child, ended);
    child.on('error', (error) => {
      ended.stderr += error.message;
    });
    // 'close' comes also after a process could not be started.
    child.on('close', (exitCode, signal) => {
      release();
      resolve({ ...ended, exitCode, signal });
    });
  });
}

function collect(child: ChildProcess, ended: Ended): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      if (ended[stream].length < MOST_OUTPUT) ended[stream] += text;
    });
  }
}

/** Stops the child when a limit is reached; returns what ends the watch. */
function watch(child: ChildProcess, { deadline, megabytes, signal }: Limits, note: (why: Stop) => void) {
  let killing: NodeJS.Timeout | null = null;
  const stop = (why: Stop) => {
    note(why);
    child.kill('SIGTERM');
    killing ??= setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  };
  const interrupt = () => stop('interrupted');
  const expire = () => stop('timeout');
  const looking =
    megabytes === null
      ? null
      : setInterval(async () => {
          if ((await readMegabytes(child.pid)) > megabytes) stop('memory');
        }, LOOK_EVERY_MS);
  if (signal.aborted) interrupt();
  if (deadline.aborted) expire();
  signal.addEventListener('abort', interrupt);
  deadline.addEventListener('abort', expire);
  return () => {
    if (killing) clearTimeout(killing);
    if (looking) clearInterval(looking);
    signal.removeEventListener('abort', interrupt);
    deadline.removeEventListener('abort', expire);
  };
}

/** What a process holds in memory, all of it; 0 where the system has no /proc: there only the heap has a limit. */
async function readMegabytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
}
