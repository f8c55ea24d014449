import type { LogBlock } from '../../domain/log-excerpt.ts';

export type Language = LogBlock['language'];

/** How the trace of one language begins and goes on. Patterns see one line. */
export interface TraceSyntax {
  readonly language: Language;
  /** A line that alone shows that a trace begins. */
  readonly opens: RegExp;
  /** A line inside a trace that shows, where none is open, that the line before began it. */
  readonly frame?: RegExp;
  /** A line that goes on with an open trace. */
  readonly continues: RegExp;
  /** The line that ends a part of the trace; after it only `continues` and `chains` go on. */
  readonly ends?: RegExp;
  /** A line that begins another part of the same failure: its cause, or what was raised while it was handled. */
  readonly chains?: RegExp;
  /** How many lines of other text may stand between two lines of the trace: messages of several lines. */
  readonly gap: number;
}

const JVM_FRAME = /^\s+at (?:[\w.$@/-]+\/)?[\w.$<>-]+\((?:[\w$ .-]+\.(?:java|kt|scala|groovy|clj):\d+|Native Method|Unknown Source|[\w$.-]+)\)/;
const JS_FRAME = /^\s+at (?:async )?(?:.*[( ])?(?:file:|node:|internal\/|\/|[A-Za-z]:\\|<anonymous>|webpack).*?(?::\d+:\d+\)?|<anonymous>\)?)$/;
const DOTNET_FRAME = /^\s+at [\w.<>`[\],+|$ ]+\([^)]*\)(?: in .+:line \d+)?$/;

/** The order matters: a line is taken for the first language whose pattern it fits. */
const TRACE_SYNTAXES: readonly TraceSyntax[] = [
  {
    language: 'python',
    opens: /Traceback \(most recent call last\):\s*$/,
    continues: /^\s+\S/,
    ends: /^[A-Za-z_][\w.]*(?::|$)/,
    chains: /^(?:During handling of the above exception|The above exception was the direct cause)|Traceback \(most recent call last\):\s*$/,
    gap: 3,
  },
  {
    language: 'go',
    opens: /^(?:panic: |fatal error: |SIGSEGV: |unexpected fault address|runtime: goroutine stack exceeds)|(?:^|\s)panic: runtime error: /,
    continues:
      /^(?:goroutine \d+ |\t|\[signal |created by |exit status \d|runtime stack:|\[originating from|[\w./*()[\]{}·-]+\((?:[^)]*)\)$|\.\.\.(?:additional|\d+ frames))|^\s+panic: /,
    gap: 2,
  },
  {
    language: 'rust',
    opens: /^thread '[^']*' (?:\(\d+\) )?panicked at |^fatal runtime error: /,
    continues: /^(?:stack backtrace:|\s+\d+: |\s+at |note: |Caused by:|\s+\d+: )|^\s+left: |^\s+right: /,
    gap: 2,
  },
  {
    language: 'php',
    opens: /(?:PHP )?Fatal error:\s+(?:Uncaught )?/,
    continues: /^(?:Stack trace:|#\d+ |\s+thrown in |Next [\w\\]+:)/,
    gap: 2,
  },
  {
    language: 'ruby',
    opens: /^\S+\.rb:\d+:in [`'].+?': .+ \([A-Z][\w:]*\)\s*$/,
    continues: /^\s+(?:\d+: )?from |^\S+\.rb:\d+:in [`']/,
    gap: 1,
  },
  {
    language: 'dotnet',
    opens: /^Unhandled [Ee]xception[.:]|^\s*(?:[A-Z]\w*\.)+[A-Z]\w*Exception(?: \([^)]*\))?: /,
    frame: DOTNET_FRAME,
    continues: /^\s+at |^\s*---> |^\s*--- End of /,
    gap: 2,
  },
  {
    language: 'java',
    opens: /^Exception in thread "|^(?:[a-z_][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error|Throwable|Failure)\b|APPLICATION FAILED TO START/,
    frame: JVM_FRAME,
    continues: /^\s+at |^\s*Caused by: |^\s+Suppressed: |^\s+\.\.\. \d+ (?:more|common frames)|^(?:Description|Action):\s*$|^\*{5,}$/,
    gap: 6,
  },
  {
    language: 'node',
    opens:
      /^Uncaught |^(?:node:)?internal\/[\w/]+(?:\.js)?:\d+$|^node:[\w/:]+:\d+$|UnhandledPromiseRejection|^\[?UnhandledRejection|^triggerUncaughtException|^FATAL ERROR: .*(?:Allocation failed|heap)|^<--- Last few GCs --->|^(?:[A-Z]\w*)?(?:Error|Exception)(?: \[\w+\])?: /,
    frame: JS_FRAME,
    continues:
      /^\s+at |^\s+\^|^\s+(?:throw|new Promise|triggerUncaught)|^\s*\[?(?:cause|errors)\]?: |^\s+(?:errno|code|syscall|address|port|hostname|requireStack|path|fatal|config|reason|response|status)[:'\]]|^\s*[}\]],?$|^Node\.js v\d|^- |^(?:[A-Z]\w*)?(?:Error|Exception)(?: \[\w+\])?: |^<---|^\s*\d+: 0x|^\[\d+:0x|^Emitted '/,
    gap: 3,
  },
];

/** Rules nearly every line out before the languages are tried one by one. */
export function mayOpenTrace(line: string): boolean {
  return TRACE_HINT.test(line);
}

/** The syntax of the language whose trace a line begins. */
export function syntaxOpenedBy(line: string): TraceSyntax | undefined {
  return TRACE_SYNTAXES.find(({ opens }) => opens.test(line));
}

/** The syntax of the language that writes its frames like this line. */
export function syntaxOfFrame(line: string): TraceSyntax | undefined {
  if (!/^\s+at /.test(line)) return undefined;
  return [JAVA, NODE, DOTNET].find((syntax) => syntax?.frame?.test(line));
}

const byLanguage = (language: Language): TraceSyntax | undefined => TRACE_SYNTAXES.find((syntax) => syntax.language === language);
const [JAVA, NODE, DOTNET] = [byLanguage('java'), byLanguage('node'), byLanguage('dotnet')];
const TRACE_HINT =
  /Traceback|panic|fatal|Fatal|SIGSEGV|unexpected fault|goroutine stack|Unhandled|Exception|Error|Throwable|Failure|FAILED TO START|Uncaught|^node:|internal\/|triggerUncaught|FATAL|<--- Last|\.rb:\d/;
