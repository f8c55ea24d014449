import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from '@lydell/node-pty';

const HISTORY_LINES = 10_000;
const KEYS = 60;
const CTRL_R = '\u0012';

export interface Typing {
  /** Milliseconds from a key to what it changes on the screen, of the slowest but one in twenty. */
  readonly line: number;
  /** The same while searching in ten thousand lines that were said before. */
  readonly search: number;
}

/** How long keys take in a session with a long history, in a real pseudo-terminal. */
export async function typing(program: string, dump: string): Promise<Typing> {
  const home = mkdtempSync(join(tmpdir(), 'sre-orch-bench-'));
  try {
    mkdirSync(join(home, 'sre-orch'));
    writeFileSync(
      join(home, 'sre-orch/chat-history'),
      Array.from({ length: HISTORY_LINES }, (_, index) => `"why is service-${index} failing in shop"\n`).join(''),
    );
    const env = { ...process.env, CI: '', TERM: 'xterm-256color', XDG_DATA_HOME: home };
    const terminal = spawn(process.execPath, [program, 'chat', '--snapshot', dump], { name: 'xterm-256color', cols: 100, rows: 30, env });
    const ready = new Promise<void>((resolve, reject) => {
      let text = '';
      terminal.onData((data) => {
        text += data;
        if (text.includes('dump of')) resolve();
      });
      terminal.onExit(({ exitCode }) => reject(new Error(`chat ended with ${exitCode}: ${text}`)));
    });
    await ready;
    // What is loaded behind the first prompt is not of typing.
    await sleep(1_500);
    const line = await slowestButFew(terminal, 'checkout fails since ten o clock');
    terminal.write(CTRL_R);
    await sleep(200);
    const search = await slowestButFew(terminal, 'service-42');
    terminal.kill('SIGKILL');
    return { line, search };
  } finally {
    rmSync(home, { recursive: true });
  }
}

async function slowestButFew(terminal: ReturnType<typeof spawn>, text: string): Promise<number> {
  const taken: number[] = [];
  for (let index = 0; index < KEYS; index += 1) {
    taken.push(await untilDrawn(terminal, text[index % text.length] ?? 'x'));
    await sleep(30);
  }
  return taken.sort((a, b) => a - b)[Math.floor(KEYS * 0.95)] ?? Number.NaN;
}

function untilDrawn(terminal: ReturnType<typeof spawn>, key: string): Promise<number> {
  return new Promise((resolve) => {
    const start = performance.now();
    const drawn = terminal.onData(() => {
      drawn.dispose();
      resolve(performance.now() - start);
    });
    terminal.write(key);
  });
}
