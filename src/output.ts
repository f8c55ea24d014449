import type { Output } from './commands/context.ts';
import { coded } from './errors/coded-error.ts';
import { isLongerThan, pagerCommand, showInPager } from './pager.ts';
import { opensLinks } from './terminal-links.ts';

const DEFAULT_WIDTH = 100;
const WIDEST = 200;

/** The streams of this process, and what can be shown on them (NO_COLOR: https://no-color.org). */
export function openOutput({ stdin, stdout, stderr, env }: NodeJS.Process): Output {
  // `| head -1` closes stdout early: that is the reader's choice, not an error.
  // What else goes wrong is told to whoever writes; stderr has nobody left to tell.
  stdout.on('error', () => {});
  stderr.on('error', () => {});
  const isTerminal = stdout.isTTY === true;
  return {
    out: (text) => write(stdout, text),
    err: (text) => void stderr.write(text),
    width: Math.min(WIDEST, (isTerminal ? stdout.columns : undefined) ?? (Number(env['COLUMNS']) || DEFAULT_WIDTH)),
    isTerminal,
    color: colorOf(isTerminal, env),
    // Continuous integration keeps every redrawn frame in its log; a dumb terminal cannot redraw.
    watched: isTerminal && stderr.isTTY === true && !env['CI'] && env['TERM'] !== 'dumb',
    typed: stdin.isTTY === true,
    links: isTerminal && opensLinks(env),
    unicode: isTerminal ? /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'utf-8') : true,
  };
}

/** The same, but what is longer than the screen is shown in a pager where a person watches. */
export function pagedOutput(output: Output, setting: string | undefined, { stdout, env }: NodeJS.Process): Output {
  const command = pagerCommand(setting, env);
  if (!output.watched || command === undefined) return output;
  const screen = { rows: stdout.rows - 1, columns: stdout.columns };
  return {
    ...output,
    async out(text) {
      if (!isLongerThan(text, screen) || !(await showInPager(text, { command, env }))) await output.out(text);
    },
  };
}

function write(stdout: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(text, (error) => {
      const { code, message } = (error ?? {}) as NodeJS.ErrnoException;
      // After EPIPE every further write fails with ERR_STREAM_DESTROYED.
      if (!error || code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') resolve();
      else reject(coded('OUTPUT_FAILED', { reason: message }, { cause: error }));
    });
  });
}

function colorOf(isTerminal: boolean, env: NodeJS.ProcessEnv): Output['color'] {
  if (!isTerminal || env['NO_COLOR'] || env['TERM'] === 'dumb') return 'none';
  if (/truecolor|24bit/i.test(env['COLORTERM'] ?? '')) return 'truecolor';
  return /256/.test(env['TERM'] ?? '') ? '256' : '16';
}
