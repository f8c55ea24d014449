import { once } from 'node:events';
import { displayWidth } from './report/wrap.ts';

export interface PagerOptions {
  /** As a shell takes it: `less -S`. */
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
}

const NOT_FOUND = 127;

/** The pager of the settings, else $PAGER, else less; undefined where none is wanted. */
export function pagerCommand(setting: string | undefined, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const command = (setting ?? env['PAGER'] ?? (process.platform === 'win32' ? 'more' : 'less')).trim();
  return ['', 'off', 'cat'].includes(command) ? undefined : command;
}

/** Whether a text takes more rows than a screen has; the last row is for the prompt. */
export function isLongerThan(text: string, { rows, columns }: { rows: number; columns: number }): boolean {
  let taken = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours and links take no room
  for (const line of text.replace(/\u001b\[[0-9;]*m|\u001b\]8;[^\u001b]*\u001b\\/g, '').split('\n')) {
    taken += Math.max(1, Math.ceil(displayWidth(line) / columns));
    if (taken > rows) return true;
  }
  return false;
}

/** Shows a text in a pager until a person leaves it. Returns false where the pager could not be started: nothing was shown. */
export async function showInPager(text: string, { command, env }: PagerOptions): Promise<boolean> {
  // Loaded for whoever uses a pager: it takes a few milliseconds of every start.
  const { spawn } = await import('node:child_process');
  // Quit on one screen, raw colours, leave the text there: what git and gh ask less for, unless the user has asked for something else.
  const child = spawn(command, { shell: true, stdio: ['pipe', 'inherit', 'inherit'], env: { ...env, LESS: env['LESS'] ?? 'FRX', LV: env['LV'] ?? '-c' } });
  // Ctrl-C is the pager's: it goes to both of us.
  const others = process.listeners('SIGINT');
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', ignore);
  try {
    // Who leaves before the end closes the pipe.
    child.stdin.on('error', ignore);
    child.stdin.end(text);
    const [code] = (await once(child, 'close')) as [number | null];
    return code !== NOT_FOUND;
  } catch {
    return false;
  } finally {
    process.removeListener('SIGINT', ignore);
    for (const other of others) process.on('SIGINT', other);
  }
}

function ignore(): void {}
