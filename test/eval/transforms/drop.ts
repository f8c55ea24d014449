import type { Dump } from './dump.ts';

/** The dump without the files that `pattern` fits: as a collector leaves it that does not know of them. */
export function dropFiles(pattern: RegExp): (dump: Dump) => Dump {
  return (dump) => ({ ...dump, files: new Map([...dump.files].filter(([path]) => !pattern.test(path))) });
}
