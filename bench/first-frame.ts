import { spawn } from '@lydell/node-pty';

/** Milliseconds from the start of a program in a real pseudo-terminal to the first thing that a person can read on it. */
export function firstFrame(args: readonly string[]): Promise<number> {
  const start = performance.now();
  const terminal = spawn(process.execPath, [...args], { name: 'xterm-256color', cols: 100, rows: 30, env: { ...process.env, CI: '', TERM: 'xterm-256color' } });
  return new Promise((resolve, reject) => {
    const shown = terminal.onData((data) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences cannot be read
      if (!/\S/.test(data.replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, ''))) return;
      shown.dispose();
      terminal.kill('SIGKILL');
      resolve(performance.now() - start);
    });
    terminal.onExit(({ exitCode }) => reject(new Error(`${args.join(' ')} ended with ${exitCode} and showed nothing`)));
  });
}
