import type { DocumentPath } from '../config/yaml-document.ts';

/** Something wrong in a rule file, at the place where it is to be mended. `warning`: the rule works all the same. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string | null;
  readonly message: string;
}

/** A problem of one rule, before its place in the file is known: the path in the rule, and the offset in the string there. */
export interface RuleProblem {
  readonly path: DocumentPath;
  readonly offset?: number;
  readonly message: string;
  /** The problem is the key itself: it is not known. */
  readonly onKey?: boolean;
}

/** `memory.yaml:12:3: …`, as compilers write it. */
export function problemLine({ file, line, column, message }: Problem): string {
  return `${file}:${line}:${column}: ${message}`;
}
