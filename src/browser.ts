import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenedPage } from './commands/context.ts';

export interface BrowserOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/** A browser that fails does so at once; one that runs may take its time. */
const PATIENCE_MS = 2_000;

/** Writes a page where only its owner can read it, and opens it in the browser. */
export async function openInBrowser(name: string, html: string, options: BrowserOptions): Promise<OpenedPage> {
  const path = join(await mkdtemp(join(tmpdir(), 'sre-orch-')), name);
  await writeFile(path, html, { mode: 0o600 });
  const failure = await start(browserCommand(path, options));
  return failure === undefined ? { path } : { path, failure };
}

/** $BROWSER (the first of several; %s is the page), else what the system opens pages with. */
export function browserCommand(path: string, { env, platform }: BrowserOptions): readonly [string, ...string[]] {
  const [wanted = ''] = (env['BROWSER'] ?? '').split(platform === 'win32' ? ';' : ':');
  const [program, ...given] = wanted.trim().split(/\s+/);
  if (program) return wanted.includes('%s') ? [program.replaceAll('%s', path), ...given.map((word) => word.replaceAll('%s', path))] : [program, ...given, path];
  if (platform === 'darwin') return ['open', path];
  // The empty word is the title of the window: without it a quoted path would be taken for that.
  if (platform === 'win32') return ['cmd', '/c', 'start', '""', path];
  return ['xdg-open', path];
}

function start([program, ...args]: readonly [string, ...string[]]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    const timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
    const settle = (failure: string | undefined): void => {
      clearTimeout(timer);
      resolve(failure);
    };
    child.on('error', (error) => settle((error as NodeJS.ErrnoException).code === 'ENOENT' ? `${program} is not installed` : error.message));
    child.on('exit', (code) => settle(code === 0 ? undefined : `${program} ended with ${code}`));
    child.unref();
  });
}
