import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';

// A run is over in seconds: code that ran a few times is not worth optimising. Measured: a tenth of all processor time.
v8.setFlagsFromString('--interrupt-budget=500000');

/** Where the compiled code of a file stands: it is good for this version of V8 on this kind of machine. */
export const cacheOf = (file) => `${file}.${process.platform}-${process.arch}-${process.versions.v8}.cache`;

/** Runs a CommonJS file, with its compiled code where there is one; returns the script. */
export function load(file) {
  const cache = cacheOf(file);
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`;
  const script = new vm.Script(source, {
    filename: file,
    cachedData: existsSync(cache) ? readFileSync(cache) : undefined,
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  return script;
}
