import { isMainThread } from 'node:worker_threads';
import { readAhead } from './read/ahead/index.ts';

if (isMainThread) {
  // Large tables are read in a thread of their own while the rest of the program is being loaded.
  readAhead(process.argv.slice(3));
  // Of a run that never comes to its end.
  process.exitCode = 70;
  import('./cli.ts')
    .then(({ run }) => run(process))
    .then((code) => {
      process.exitCode = code;
    });
} else import('./read/ahead/worker.ts').then(({ serveAhead }) => serveAhead());
