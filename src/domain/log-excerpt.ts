/** What is kept of one container's log: bounded, mined, never the whole. Line numbers count from 1 in what was read. */
export interface LogExcerpt {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** true: of the run before the last restart */
  readonly previous: boolean;
  readonly lines: number;
  readonly bytes: number;
  readonly truncated: boolean;
  readonly readAt: string;
  /** The last block of lines that belong to one failure (a stack trace with its causes, a panic, the last error lines). */
  readonly fatal: LogBlock | null;
  /** The deepest cause named in the fatal block: the last `Caused by:`, the exception line of a traceback, the panic message. */
  readonly deepestCause: string | null;
  /** The deepest causes of all traces, those that differ only in numbers once, the newest last; bounded. */
  readonly causes: readonly LogCause[];
  /** Recurring messages with variable parts as <*>, most frequent first; errors before the rest. */
  readonly templates: readonly LogTemplate[];
  /** Hosts and ports that error lines name, with what went wrong. */
  readonly endpoints: readonly LogEndpoint[];
  /** The last lines, redacted, newest last. */
  readonly tail: readonly LogLine[];
  /** Lines with level error or worse, or that match an error shape, newest last; bounded. */
  readonly errors: readonly LogLine[];
}

export interface LogLine {
  readonly number: number;
  readonly text: string;
  readonly at?: string;
}

export interface LogCause extends LogLine {
  readonly count: number;
}

export interface LogBlock {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly text: string;
  readonly language: 'java' | 'python' | 'go' | 'node' | 'dotnet' | 'rust' | 'ruby' | 'php' | 'unknown';
  readonly at?: string;
}

export interface LogTemplate {
  readonly template: string;
  readonly count: number;
  readonly level: 'fatal' | 'error' | 'warn' | 'info' | 'unknown';
  readonly firstLine: number;
  readonly lastLine: number;
  readonly example: string;
}

export interface LogEndpoint {
  readonly host: string;
  readonly port: number | null;
  readonly error: 'refused' | 'timeout' | 'unresolvable' | 'unregistered' | 'reset' | 'unreachable' | 'tls' | 'auth' | 'unavailable' | 'other';
  readonly count: number;
  readonly lastLine: number;
  readonly example: string;
  /** true when a later line shows the same endpoint working again */
  readonly recovered: boolean;
}
