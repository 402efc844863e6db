import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Failure, type FailureCode } from '../../failure.ts';
import type { Merge } from '../../model.ts';
import type { Fingerprint } from '../fingerprint.ts';
import type { RawBatch, SheetOutline } from '../xlsx/index.ts';
import { AHEAD_BYTES, type Report, type SheetReport } from './report.ts';

/**
 * A thread that reads files ahead of the main one: it begins when the files are known, while the program is still being
 * loaded, and goes on while the store works. What it does not give, null, the main thread reads by itself in the same way.
 */
export interface FileAhead {
  fingerprint(): Promise<Fingerprint | null>;
  outline(): Promise<SheetOutline[] | null>;
  /** Rows of a sheet and at last its merges; null when they are not, or no longer, to be had. */
  rows(sheet: number): AsyncGenerator<RawBatch, Merge[], void> | null;
}

/** Loaded as one file with its compiled code, a thread begins to read twice as soon. */
const PROGRAM = new URL('../../../bin/mzreport.js', import.meta.url);

/** Size from which a thread gains more than its start and its cold code cost. */
const LARGE_BYTES = 256 * 1024;

interface Stream {
  waiting: SheetReport[];
  wake: () => void;
  /** open: nobody has asked for it; dropped: nobody will. */
  state: 'open' | 'taken' | 'dropped';
}

interface Entry {
  fingerprint: Deferred<Fingerprint>;
  outline: Deferred<SheetOutline[]>;
  streams: Stream[];
}

interface Thread {
  worker: Worker;
  paths: string[];
  entries: Entry[];
  /** Bytes of batches that wait in streams. */
  held: number;
  /** How many wait for the thread: only then it keeps the process alive. */
  waiters: number;
  ended: boolean;
  /** What it ended of before its time. */
  error?: unknown;
}

let thread: Thread | null = null;

/** Begins to read those of the files that are large. A thread that reads them in this order already is kept. */
export function readAhead(paths: string[]): void {
  const large = paths.filter(isLarge);
  // A thread loads compiled code only.
  if (large.length === 0 || availableParallelism() < 2 || !import.meta.url.endsWith('.js')) return;
  if (thread && large.every((path, i) => thread?.paths[i] === path)) return;
  endAhead();
  thread = start(large);
}

/** What the thread reads of a file; null when it does not read it. */
export function aheadOf(path: string): FileAhead | null {
  const own = thread;
  const file = own?.paths.indexOf(path) ?? -1;
  return own === null || file < 0 ? null : toFileAhead(own, file);
}

/** Stops the thread. */
export function endAhead(): void {
  if (thread) end(thread);
  thread = null;
}

/** Of a text there is nothing to do that would pay for a thread: the store reads it by itself. */
function isLarge(path: string): boolean {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size >= LARGE_BYTES && isZip(path);
  } catch {
    // No file, or one that may not be read: the main thread says so.
    return false;
  }
}

function isZip(path: string): boolean {
  const start = Buffer.alloc(2);
  const file = openSync(path, 'r');
  readSync(file, start);
  closeSync(file);
  return start.toString() === 'PK';
}

function start(paths: string[]): Thread {
  const worker = new Worker(PROGRAM, { workerData: paths });
  const entries = paths.map(() => ({
    fingerprint: defer<Fingerprint>(),
    outline: defer<SheetOutline[]>(),
    streams: [],
  }));
  const own: Thread = { worker, paths, entries, held: 0, waiters: 0, ended: false };
  worker.on('message', (report: Report) => receive(own, report));
  worker.on('error', (error) => {
    own.error = error;
    end(own);
  });
  worker.on('exit', () => end(own));
  worker.unref();
  return own;
}

function end(own: Thread): void {
  if (own.ended) return;
  own.ended = true;
  void own.worker.terminate();
  for (const { fingerprint, outline, streams } of own.entries) {
    fingerprint.settle(null);
    outline.settle(null);
    for (const stream of streams) {
      // The thread ends when it has read everything: what is whole can still be asked for.
      if (stream.state === 'open' && !isWhole(stream)) stream.state = 'dropped';
      stream.wake();
    }
  }
}

function receive(own: Thread, report: Report): void {
  const { fingerprint, outline, streams } = own.entries[report.file] as Entry;
  if (report.type === 'fingerprint') fingerprint.settle(report.fingerprint);
  else if (report.type === 'outline') {
    for (const _ of report.outline) streams.push({ waiting: [], wake: () => {}, state: 'open' });
    outline.settle(report.outline);
  } else if (report.type === 'left') {
    fingerprint.settle(null);
    outline.settle(null);
  } else add(own, streams[report.sheet] as Stream, report);
}

function add(own: Thread, stream: Stream, report: SheetReport): void {
  own.held += sizeOf(report);
  stream.waiting.push(report);
  if (stream.state === 'dropped') drop(own, stream);
  else if (stream.state === 'open' && own.waiters > 0 && own.held >= AHEAD_BYTES) dropOpen(own);
  stream.wake();
}

const isWhole = ({ waiting }: Stream): boolean => waiting.length > 0 && waiting.at(-1)?.type !== 'batch';

const sizeOf = (report: SheetReport): number =>
  report.type === 'batch' ? report.batch.buffer.byteLength : 0;

/** Takes the next report out of a stream; the thread may read on. */
function shift(own: Thread, stream: Stream): SheetReport | undefined {
  const report = stream.waiting.shift();
  if (report?.type === 'batch') {
    own.held -= sizeOf(report);
    if (!own.ended) own.worker.postMessage(sizeOf(report));
  }
  return report;
}

function drop(own: Thread, stream: Stream): void {
  stream.state = 'dropped';
  while (stream.waiting.length > 0) shift(own, stream);
}

function toFileAhead(own: Thread, file: number): FileAhead {
  const { fingerprint, outline, streams } = own.entries[file] as Entry;
  // The thread may have stopped before this file because of rows that nobody will ask for.
  const leaveEarlier = () => {
    for (const { streams: earlier } of own.entries.slice(0, file))
      for (const stream of earlier) if (stream.state === 'open') drop(own, stream);
  };
  return {
    fingerprint: () => {
      leaveEarlier();
      return waitFor(own, fingerprint.promise);
    },
    outline: () => waitFor(own, outline.promise),
    rows: (sheet) => {
      const stream = streams[sheet];
      if (stream?.state !== 'open') return null;
      stream.state = 'taken';
      return take(own, stream, basename(own.paths[file] ?? ''));
    },
  };
}

async function* take(own: Thread, stream: Stream, where: string): AsyncGenerator<RawBatch, Merge[], void> {
  try {
    for (;;) {
      const report = shift(own, stream) ?? (await next(own, stream));
      if (report.type === 'end') return report.merges;
      if (report.type === 'failure') throw toFailure(report.code, report.message, where);
      yield report.batch;
    }
  } finally {
    drop(own, stream);
  }
}

async function next(own: Thread, stream: Stream): Promise<SheetReport> {
  for (;;) {
    const report = shift(own, stream);
    if (report) return report;
    if (own.ended) throw new Error('The reading thread ended early.', { cause: own.error });
    if (own.held >= AHEAD_BYTES) dropOpen(own);
    const woken = new Promise<void>((resolve) => {
      stream.wake = resolve;
    });
    await waitFor(own, woken);
  }
}

async function waitFor<T>(own: Thread, promise: Promise<T>): Promise<T> {
  if (own.waiters++ === 0) own.worker.ref();
  try {
    return await promise;
  } finally {
    if (--own.waiters === 0) own.worker.unref();
  }
}

/** Rows that nobody asked for keep the thread from those that somebody waits for. */
function dropOpen(own: Thread): void {
  for (const { streams } of own.entries)
    for (const stream of streams) if (stream.state === 'open' && stream.waiting.length > 0) drop(own, stream);
}

/** A failure loses its class on the way between threads; its sentence is kept word for word. */
function toFailure(code: FailureCode, message: string, where: string): Failure {
  const failure = new Failure(code, { where });
  failure.message = message;
  return failure;
}

interface Deferred<T> {
  promise: Promise<T | null>;
  /** The first value counts. */
  settle(value: T | null): void;
}

function defer<T>(): Deferred<T> {
  let settle: (value: T | null) => void = () => {};
  const promise = new Promise<T | null>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}
