import { readAhead } from './read/ahead/index.ts';

// Large tables are read in a thread of their own while the rest of the program is being loaded.
readAhead(process.argv.slice(3));
import('./cli.ts')
  .then(({ run }) => run(process))
  .then((code) => {
    process.exitCode = code;
  });
