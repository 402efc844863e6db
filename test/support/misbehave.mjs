// Loaded into child processes of a test by NODE_OPTIONS; nothing of it is in the program. MISBEHAVE is "南城县=hang,…".
const place = process.argv.find((each) => each.startsWith('--place='))?.slice('--place='.length);
const wanted = Object.fromEntries((process.env.MISBEHAVE ?? '').split(',').map((each) => each.split('=')));

const DEEDS = {
  // As a read from a dead network drive: the process answers to nothing but the system.
  hang: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  memory: () => {
    const held = [];
    setInterval(() => held.push(Buffer.alloc(50_000_000, 1)), 20);
  },
  heap: () => {
    const held = [];
    for (;;) held.push(new Array(100_000).fill({}));
  },
  killed: () => process.kill(process.pid, 'SIGKILL'),
  crash: () => {
    throw new Error('张三 110105194912310021');
  },
};

if (place !== undefined) DEEDS[wanted[place]]?.();
