import type { LogBlock } from '../../domain/log-excerpt.ts';
import { deepestCause, languageOfTrace } from './deepest-cause.ts';
import { isErrorLevel, type Level } from './level.ts';
import type { LogRecord } from './record.ts';
import { syntaxOfFrame, syntaxOpenedBy, type TraceSyntax } from './trace-language.ts';
import { TraceLines } from './trace-lines.ts';

/** A failure as the log tells it. `head`: the raw line that its time is read from. */
export interface Failure {
  readonly block: Omit<LogBlock, 'at'>;
  readonly cause: string | null;
  readonly head: string;
}

/** A deepest cause that traces name again and again. */
export interface RecurringCause {
  readonly text: string;
  readonly count: number;
  /** Of the newest of its traces. */
  readonly line: number;
  readonly head: string;
}

interface OpenTrace {
  readonly syntax: TraceSyntax;
  readonly firstLine: number;
  readonly head: string;
  readonly lines: TraceLines;
  /** Logged below the level of an error: it was dealt with. */
  readonly handled: boolean;
  lastLine: number;
  ended: boolean;
  pending: string[];
}

interface SeenLine {
  readonly number: number;
  readonly raw: string;
  readonly text: string;
  readonly level: Level;
  readonly opensTrace: boolean;
}

interface ErrorRun {
  readonly firstLine: number;
  readonly head: string;
  lastLine: number;
  lines: string[];
  fatal: boolean;
}

const NEW_RECORD = /^\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:|^[IWEF]\d{4} \d\d:|^time="/;
/** Error lines this near to each other tell of one failure. */
const RUN_GAP = 3;
const RUN_LINES = 12;
const MAX_CAUSES = 20;
/** A fatal line this far behind the last trace is another failure. */
const ANOTHER_FAILURE = 30;

/** Finds the last failure in one pass: the last trace, else the last error lines. Holds one trace and one run of errors at a time. */
export class FailureCollector {
  #open: OpenTrace | undefined;
  #before: SeenLine | undefined;
  #severe: Failure | undefined;
  #handled: Failure | undefined;
  #run: ErrorRun | undefined;
  #fatalRun: ErrorRun | undefined;
  readonly #causes = new Map<string, RecurringCause>();

  /** Takes the next line. True when it is part of a trace and not the line that a reader would quote. */
  push(number: number, raw: string, record: LogRecord): boolean {
    const line: SeenLine = { number, raw, text: record.text, level: record.level, opensTrace: record.traits.opensTrace };
    const inTrace = this.#advance(line, record);
    if (!inTrace && isErrorLevel(record.level)) this.#extendRun(line);
    if (record.text.trim() !== '') this.#before = line;
    return inTrace;
  }

  /** The failure to report, once all lines are in. */
  result(): Failure | undefined {
    this.#close();
    const run = this.#fatalRun ?? this.#run;
    if (run === undefined) return this.#severe ?? this.#handled;
    const another = this.#severe === undefined || (run.fatal && run.firstLine > this.#severe.block.lastLine + ANOTHER_FAILURE);
    return another ? failureOfRun(run) : this.#severe;
  }

  /** The deepest causes of all traces, the newest last; once all lines are in. */
  causes(): readonly RecurringCause[] {
    this.#close();
    return [...this.#causes.values()];
  }

  #advance(line: SeenLine, record: LogRecord): boolean {
    if (this.#open !== undefined) {
      if (!record.structured && this.#goesOn(this.#open, line)) return true;
    }
    if (record.stack !== undefined) {
      this.#keepStack(line, record.stack);
      return false;
    }
    if (record.structured) return false;
    return this.#begin(line);
  }

  #goesOn(open: OpenTrace, line: SeenLine): boolean {
    const { syntax } = open;
    if (syntax.chains?.test(line.text)) open.ended = false;
    else if (!syntax.continues.test(line.text)) {
      if (!open.ended && syntax.ends?.test(line.text)) open.ended = true;
      else return this.#hold(open, line);
    }
    for (const pending of open.pending) open.lines.add(pending);
    open.pending = [];
    open.lines.add(line.text);
    open.lastLine = line.number;
    return true;
  }

  /** A line that is not of the trace itself: part of a message of several lines, or the end. */
  #hold(open: OpenTrace, line: SeenLine): boolean {
    const blank = line.text.trim() === '';
    const text = open.pending.filter((pending) => pending.trim() !== '').length;
    if (open.pending.length > 10 || (!blank && (NEW_RECORD.test(line.text) || text >= syntaxGap(open)))) {
      this.#close();
      return false;
    }
    open.pending.push(line.text);
    return blank;
  }

  #begin(line: SeenLine): boolean {
    const opened = line.opensTrace ? syntaxOpenedBy(line.text) : undefined;
    const framed = opened === undefined && this.#before !== undefined ? syntaxOfFrame(line.text) : undefined;
    const syntax = opened ?? framed;
    if (syntax === undefined) return false;
    this.#close();
    const owner = this.#ownerOf(line, framed !== undefined);
    const lines = new TraceLines();
    if (owner !== undefined) lines.add(owner.text);
    lines.add(line.text);
    const level = line.level === 'unknown' ? (owner?.level ?? 'unknown') : line.level;
    this.#open = {
      syntax,
      firstLine: owner?.number ?? line.number,
      head: owner?.raw ?? line.raw,
      lines,
      handled: level === 'warn' || (framed !== undefined && level === 'info'),
      lastLine: line.number,
      ended: false,
      pending: [],
    };
    return framed !== undefined;
  }

  /** The line before, where it is the one that announced the trace. */
  #ownerOf(line: SeenLine, framed: boolean): SeenLine | undefined {
    const before = this.#before;
    if (before === undefined || before.number < line.number - 2) return undefined;
    return framed || isErrorLevel(before.level) || before.level === 'warn' ? before : undefined;
  }

  #close(): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const head = open.lines.all().at(-1) ?? '';
    const message = /panicked at .*:$/.test(head) ? open.pending.find((line) => line.trim() !== '') : undefined;
    if (message !== undefined) open.lines.add(message);
    const lines = open.lines.all();
    const language = lines.length > 1 || open.syntax.language !== 'node' ? languageOfTrace(lines) : 'unknown';
    this.#keep({ firstLine: open.firstLine, lastLine: open.lastLine, lines, head: open.head, handled: open.handled, language });
  }

  #keepStack(line: SeenLine, stack: string): void {
    const kept = new TraceLines();
    for (const text of stack.split('\n')) kept.add(text.trimEnd());
    const lines = [line.text, ...kept.all()];
    const handled = line.level === 'warn' || line.level === 'info';
    this.#keep({ firstLine: line.number, lastLine: line.number, lines, head: line.raw, handled, language: languageOfTrace(lines) });
  }

  #keep(trace: { firstLine: number; lastLine: number; lines: readonly string[]; head: string; handled: boolean; language: LogBlock['language'] }): void {
    const { firstLine, lastLine, lines, head, handled, language } = trace;
    const cause = deepestCause(language, lines);
    const failure = { block: { firstLine, lastLine, text: lines.join('\n').trimEnd(), language }, cause, head };
    if (handled) this.#handled = failure;
    else this.#severe = failure;
    if (cause !== null && !handled) this.#count(cause, firstLine, head);
  }

  /** What has not been seen for longest gives way. */
  #count(text: string, line: number, head: string): void {
    const key = text.slice(0, 300).replaceAll(/\d+/g, '#');
    const count = (this.#causes.get(key)?.count ?? 0) + 1;
    this.#causes.delete(key);
    this.#causes.set(key, { text, count, line, head });
    const oldest = this.#causes.size > MAX_CAUSES ? this.#causes.keys().next().value : undefined;
    if (oldest !== undefined) this.#causes.delete(oldest);
  }

  #extendRun(line: SeenLine): void {
    const fatal = line.level === 'fatal';
    if (this.#run === undefined || line.number > this.#run.lastLine + RUN_GAP) {
      this.#run = { firstLine: line.number, lastLine: line.number, head: line.raw, lines: [], fatal };
    }
    this.#run.lastLine = line.number;
    this.#run.lines.push(line.text);
    if (this.#run.lines.length > RUN_LINES) this.#run.lines.shift();
    this.#run.fatal ||= fatal;
    if (this.#run.fatal) this.#fatalRun = this.#run;
  }
}

function syntaxGap(open: OpenTrace): number {
  return open.ended ? 0 : open.syntax.gap;
}

function failureOfRun(run: ErrorRun): Failure {
  const block = { firstLine: run.firstLine, lastLine: run.lastLine, text: run.lines.join('\n'), language: 'unknown' as const };
  return { block, cause: deepestCause('unknown', run.lines), head: run.head };
}
