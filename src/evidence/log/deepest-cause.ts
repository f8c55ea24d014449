import { endpointIn } from '../../domain/endpoint-in.ts';
import { hasErrorShape, hasStrongErrorShape } from './failure-shape.ts';
import type { Language } from './trace-language.ts';

type Lines = readonly string[];

/** The innermost reason that a trace names; null where it names none. */
export function deepestCause(language: Language, lines: Lines): string | null {
  const cause = READERS[language](lines) ?? READERS.unknown(lines);
  return cause === undefined || cause.trim() === '' ? null : cause.trim();
}

/** The language of a trace by what only it writes; unknown where nothing tells. */
export function languageOfTrace(lines: Lines): Language {
  const marks = MARKS.find(([, mark]) => lines.some((line) => mark.test(line)));
  return marks?.[0] ?? 'unknown';
}

const MARKS: readonly (readonly [Language, RegExp])[] = [
  ['python', /Traceback \(most recent call last\)|^\s+File ".*", line \d+/],
  ['go', /^panic: |^goroutine \d+ |^\t\S+\.go:\d+|^fatal error: |panic: runtime error/],
  ['rust', /panicked at |^note: run with `RUST_BACKTRACE|\(os error \d+\)|^\s{2,}\d+: (?!0x).*::/],
  ['php', /PHP Fatal|Fatal error:\s+Uncaught|\.php:\d+|thrown in .*\.php/],
  ['ruby', /\.rb:\d+:in /],
  [
    'java',
    /^\s*(?:\.\.\. \d+ more|at .*\((?:[\w$.-]+\.(?:java|kt|scala|groovy):\d+|Native Method|Unknown Source)\))|^Exception in thread "|APPLICATION FAILED TO START|^\s*Caused by: [a-z]\w*\.\w/,
  ],
  [
    'node',
    /^\s+at .*(?::\d+:\d+\)?|<anonymous>\)?)(?: \{)?$|^Node\.js v\d|^\s+(?:code|errno|syscall): |UnhandledPromiseRejection|JavaScript heap|^node:|^<--- Last few GCs/,
  ],
  ['dotnet', /^Unhandled [Ee]xception[.:]|^\s+---> |^\s+--- End of |^\s+at .*\)(?: in .+:line \d+)?$|^\s*System\.\w/],
];

const READERS: Readonly<Record<Language, (lines: Lines) => string | undefined>> = {
  java: (lines) =>
    lines.findLast((line) => /^Caused by: /.test(line))?.slice('Caused by: '.length) ??
    first(lines, /^\s*Caused by: (.+)/) ??
    after(lines, /^Description:\s*$/) ??
    first(lines, /^Exception in thread "[^"]*" (.+)/) ??
    first(lines, /((?:[a-z_][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error|Throwable|Failure)\b.*)/),
  dotnet: (lines) =>
    last(lines, /^\s*---> (?:\(Inner Exception #\d+\) )?(.+)/)?.replace(/<---$/, '') ??
    first(lines, /^Unhandled [Ee]xception[.:] (.+)/) ??
    first(lines, /((?:[A-Z]\w*\.)+[A-Z]\w*Exception(?: \([^)]*\))?: .+)/),
  python: pythonCause,
  go: (lines) => {
    const panic = first(lines, /(?:^|\s)panic: (.+)/)?.replace(/ \[recovered(?:, repanicked)?\]$/, '');
    return panic ?? lines.find((line) => /^(?:fatal error: |runtime: goroutine stack|SIGSEGV)/.test(line));
  },
  node: (lines) =>
    last(lines, /^\s*\[cause\]: (.+?)(?: \{)?$/) ??
    first(lines, /UnhandledPromiseRejectionWarning: (.+)/) ??
    first(lines, /(?:^|\s)(?:Uncaught )?((?:[A-Z]\w*)?(?:Error|Exception)(?: \[\w+\])?: .+?)(?: \{)?$/) ??
    first(lines, /(FATAL ERROR: .+)/) ??
    first(lines, /due to the following reason: "?(.+?)"?\.?$/),
  rust: rustCause,
  ruby: (lines) => {
    const match = lines.map((line) => /:in [`'].+?': (.+) \(([A-Z][\w:]*)\)\s*$/.exec(line)).findLast((it) => it !== null);
    return match ? `${match[2]}: ${match[1]}` : undefined;
  },
  php: (lines) => first(lines, /Uncaught (.+?)(?: in \S+:\d+)?$/) ?? first(lines, /Fatal error:\s+(.+)/),
  unknown: (lines) =>
    lines.findLast((line) => hasStrongErrorShape(line) || endpointIn(line) !== undefined) ??
    lines.findLast(hasErrorShape) ??
    lines.findLast((line) => line.trim() !== ''),
};

/** The exception lines of a chain come oldest first. A bare errno gives way to a later line of the same chain that names the host. */
function pythonCause(lines: Lines): string | undefined {
  const exceptions: string[] = [];
  let inTrace = false;
  for (const line of lines) {
    if (/Traceback \(most recent call last\)/.test(line)) inTrace = true;
    else if (inTrace && /^[A-Za-z_]/.test(line)) {
      exceptions.push(line);
      inTrace = false;
    }
  }
  const [original] = exceptions;
  if (original === undefined || endpointIn(original) !== undefined || !/\[Errno|refused|timed out|not known|resolution/i.test(original)) return original;
  return exceptions.find((line) => endpointIn(line) !== undefined) ?? original;
}

/** A panic's message stands in the next line since Rust 1.73, in quotes before; anyhow lists causes below, the innermost last. */
function rustCause(lines: Lines): string | undefined {
  const listed = lines.findIndex((line) => /^\s*Caused by:\s*$/.test(line));
  if (listed !== -1) {
    const causes = lines.slice(listed + 1).flatMap((line) => /^\s+(?:\d+: )?(\S.*)$/.exec(line)?.[1] ?? []);
    if (causes.length > 0) return causes.at(-1);
  }
  return first(lines, /panicked at '(.+)', /) ?? after(lines, /panicked at .+:$/) ?? first(lines, /^(Error: .+)/);
}

function first(lines: Lines, pattern: RegExp): string | undefined {
  for (const line of lines) {
    const match = pattern.exec(line);
    if (match) return match[1];
  }
  return undefined;
}

function last(lines: Lines, pattern: RegExp): string | undefined {
  return first(lines.toReversed(), pattern);
}

/** The first line with text after the one that matches. */
function after(lines: Lines, pattern: RegExp): string | undefined {
  const at = lines.findIndex((line) => pattern.test(line));
  return at === -1 ? undefined : lines.slice(at + 1).find((line) => line.trim() !== '');
}
