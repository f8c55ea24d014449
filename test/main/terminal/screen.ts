import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { type Home, PROGRAM } from '../program.ts';

const LIMIT_MS = 20_000;
const LOOK_MS = 20;

export interface ScreenOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What is run instead of the program itself: a shell, kubectl. */
  readonly command?: readonly [string, ...string[]];
}

/** The program in a real pseudo-terminal, and what a person sees of it: an emulated screen with its scrollback. */
export class Screen implements Disposable {
  readonly startedAt = performance.now();
  /** When the first visible character came, in milliseconds since the start. */
  firstFrameMs: number | undefined;
  /** Every byte that the program wrote. */
  written = '';
  readonly #terminal: InstanceType<typeof xterm.Terminal>;
  readonly #pty: ReturnType<typeof spawn>;
  readonly exited: Promise<number>;
  #exitCode: number | undefined;

  constructor(home: Home, args: readonly string[], { columns = 80, rows = 24, env = {}, command = [process.execPath, PROGRAM] }: ScreenOptions = {}) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 20_000, allowProposedApi: true });
    this.#pty = spawn(command[0], [...command.slice(1), ...args], {
      name: env['TERM'] ?? 'xterm-256color',
      cols: columns,
      rows,
      cwd: home.path,
      env: home.env({ TERM: 'xterm-256color', ...env }),
    });
    this.#pty.onData((data) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are not to be seen
      if (/\S/.test(data.replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, ''))) this.firstFrameMs ??= performance.now() - this.startedAt;
      this.written += data;
      this.#terminal.write(data);
    });
    this.exited = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode }) => {
        this.#exitCode = exitCode;
        resolve(exitCode);
      });
    });
  }

  type(keys: string): void {
    this.#pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.#pty.resize(columns, rows);
    this.#terminal.resize(columns, rows);
  }

  /** Everything from the top of the scrollback to the bottom of the screen, without the empty lines at its end. */
  async text(): Promise<string> {
    await this.#parsed();
    const { buffer } = this.#terminal;
    return this.#lines(0, buffer.active.length).join('\n').trimEnd();
  }

  /** The visible rows. */
  async visible(): Promise<string[]> {
    await this.#parsed();
    const { baseY } = this.#terminal.buffer.active;
    return this.#lines(baseY, baseY + this.#terminal.rows);
  }

  /** Waits until the whole text matches. Fails with the text when it does not within twenty seconds, or the program ended. */
  async shows(pattern: RegExp): Promise<string> {
    const until = performance.now() + LIMIT_MS;
    for (;;) {
      const ended = this.#exitCode;
      const text = await this.text();
      if (pattern.test(text)) return text;
      if (ended !== undefined || performance.now() > until) {
        throw new Error(`${ended === undefined ? 'not within the time' : `ended with ${ended}`}, without showing ${pattern}:\n${text}`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  [Symbol.dispose](): void {
    if (this.#exitCode === undefined) this.#pty.kill('SIGKILL');
  }

  #parsed(): Promise<void> {
    return new Promise((resolve) => this.#terminal.write('', resolve));
  }

  #lines(from: number, to: number): string[] {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: to - from }, (_, index) => active.getLine(from + index)?.translateToString(true) ?? '');
  }
}
