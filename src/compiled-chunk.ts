import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { resetHeapFlags } from './wiring/heap-flags.ts';

type Exports = Readonly<Record<string, unknown>>;

/** What a script lacks of the module that it was: `import.meta` and `import()`. */
interface Module {
  readonly meta: ImportMeta;
  readonly load: (specifier: string) => Promise<unknown>;
}

/**
 * Runs a chunk that the build wrote as a script (scripts/chunk-script.ts) and gives its exports. Node's own cache holds of a module what
 * was compiled before it ran; ours is written when the process ends, and so spares the next run like it all that this one called.
 */
export function runCompiled(file: string, module: Module, dependencies: readonly Exports[]): Exports {
  const path = fileURLToPath(new URL(file, module.meta.url));
  const cache = cacheFile(path);
  const cachedData = cache === undefined ? undefined : readIfThere(cache);
  const script = new Script(readFileSync(path, 'latin1'), {
    filename: path,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  if (cache !== undefined && (cachedData === undefined || script.cachedDataRejected === true)) keepAtExit(script, cache);
  return script.runInThisContext()(module.meta, module.load, ...dependencies) as Exports;
}

let folder: string | undefined | null = null;

/** Each calls other parts of what it shares with others. */
const COMMANDS: ReadonlySet<string> = new Set(['--help', 'investigate', 'chat', 'list', 'show', 'serve', 'agent']);

/** Undefined: nothing is kept. */
function cacheFile(path: string): string | undefined {
  if (folder === null) folder = ownFolder(getCompileCacheDir());
  const [, , word = ''] = process.argv;
  return folder && join(folder, `${basename(path)}.${COMMANDS.has(word) ? word : 'other'}`);
}

/** Compiled code is run as it is found: nobody else may have put it there. */
function ownFolder(above: string | undefined): string | undefined {
  if (above === undefined) return undefined;
  try {
    const path = join(above, `sre-orch-${process.getuid?.() ?? ''}`);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(path);
    return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0) ? path : undefined;
  } catch {
    return undefined;
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function keepAtExit(script: Script, path: string): void {
  process.once('exit', () => {
    try {
      const own = `${path}.${process.pid}`;
      resetHeapFlags();
      // A file that is not on the disk as a whole must never get the name under which it is run.
      writeFileSync(own, script.createCachedData(), { mode: 0o600, flush: true });
      renameSync(own, path);
    } catch {
      // A full or read-only disk only costs the next run its head start.
    }
  });
}
