/** Exit codes, as docs/errors.md and `sre-orch --help` list them. */
export const EXIT = { ok: 0, error: 1, usage: 2, unreachable: 3, causeFound: 10, bug: 70, timedOut: 124, interrupted: 130 } as const;

export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'done, whatever was found',
  error: 'error',
  usage: 'wrong usage, or settings that are not valid',
  unreachable: 'the cluster could not be reached',
  causeFound: '--fail-on: a cause of at least that confidence was found',
  bug: 'a fault of sre-orch itself',
  timedOut: 'timed out; the report says what is known',
  interrupted: 'interrupted; the report says what is known',
};

/** One row is one error. `user`: the person can mend it. `bug`: we must. */
export interface ErrorRow {
  readonly kind: 'user' | 'bug';
  readonly exitCode: number;
  readonly httpStatus: number;
  /** One sentence of what happened, with the details filled in. Each row types its own; `coded` asks for exactly those. */
  readonly message: (details: never) => string;
  /** What to do; shown one a line. */
  readonly nextSteps: readonly string[];
}
