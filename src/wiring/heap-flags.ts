/** The young generation stays as it is: with 5,000 pods a run takes 220 MB instead of 380. */
const YOUNG = { byItself: '--semi-space-growth-factor=2', sparing: '--semi-space-growth-factor=1' };
const YOUNG_OF_RUN_BYTES = 8 * 2 ** 20;
const LOOK_MS = 20;
/** What a page of a large cluster left behind is collected sooner; what answers of a server did, before the heap has grown by a fifth. */
const OLD = { byItself: '--heap-growing-percent=0', sparing: { run: '--heap-growing-percent=130', server: '--heap-growing-percent=20' } };
/** Of code, too: a server under the load of bench/server.ts takes 30 MiB less, in the same times. */
const CODE = { byItself: '--no-optimize-for-size', sparing: '--optimize-for-size' };

/**
 * Keeps memory small from here on. To be called when everything is loaded: what was compiled under other flags, Node's own modules too,
 * is compiled again.
 */
export function spareMemory(of: 'run' | 'server' | 'session' | 'agent'): void {
  if (of === 'run') spareYoungAt(YOUNG_OF_RUN_BYTES);
  else setFlag(YOUNG.sparing);
  if (of === 'run' || of === 'server') setFlag(OLD.sparing[of]);
  if (of === 'server') setFlag(CODE.sparing);
}

/** Lets the young generation grow to so much: what is read for a moment is collected half as often. */
function spareYoungAt(bytes: number): void {
  const { getHeapSpaceStatistics } = process.getBuiltinModule('node:v8');
  const look = setInterval(() => {
    if ((getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? bytes) < bytes) return;
    setFlag(YOUNG.sparing);
    clearInterval(look);
  }, LOOK_MS);
  look.unref();
}

/** Before compiled code is kept: it is good for a process with the same flags only, and the next one begins without ours. */
export function resetHeapFlags(): void {
  for (const { byItself } of [YOUNG, OLD, CODE]) setFlag(byItself);
}

/** The module is loaded here and not before: --help needs none of it. */
function setFlag(flag: string): void {
  process.getBuiltinModule('node:v8').setFlagsFromString(flag);
}
