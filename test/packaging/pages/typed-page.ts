import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Block, blocksOf, placeOf, ROOT } from './blocks.ts';

const LIMIT_MS = 60_000;
const MARK = '\u0001';
const USUAL_PORT = '127.0.0.1:8080';

interface Typed {
  readonly at: string;
  readonly command: string;
  /** The page says so behind the command: `# exit 10`. */
  readonly exit: number;
  /** What the page shows below; `…` stands for anything, alone on a line for any lines. */
  readonly shown: readonly string[];
}

/** Types every console block of a page into one shell, in order, in a home of its own; tells what came otherwise than the page says. */
export async function typePage(page: string): Promise<{ readonly typed: number; readonly problems: string[] }> {
  const home = mkdtempSync(join(tmpdir(), 'page-'));
  try {
    furnish(home);
    const blocks = blocksOf(page);
    for (const block of blocks) writeNamed(block, home);
    const typed = blocks.filter(({ language }) => language === 'console').flatMap(commandsOf);
    const answers = await answersTo(typed, home);
    return { typed: typed.length, problems: typed.flatMap((each, index) => problemsOf(each, answers[index])) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** The program, the examples, and a dump under the name that the pages use. */
function furnish(home: string): void {
  mkdirSync(join(home, 'bin'));
  const program = join(home, 'bin/sre-orch');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'bin/sre-orch.js')}' "$@"\n`);
  chmodSync(program, 0o755);
  for (const folder of ['examples', 'charts']) symlinkSync(join(ROOT, folder), join(home, folder));
  execFileSync('tar', ['-czf', join(home, 'dump.tar.gz'), '-C', join(ROOT, 'examples'), 'shop-outage']);
}

/** A block that has `file=NAME` behind its language is a file that the reader has written. */
function writeNamed({ words, text }: Block, home: string): void {
  const name = words.find((word) => word.startsWith('file='))?.slice('file='.length);
  if (name === undefined) return;
  mkdirSync(dirname(join(home, name)), { recursive: true });
  writeFileSync(join(home, name), text);
}

function commandsOf(block: Block): Typed[] {
  const typed: { at: string; command: string; exit: number; shown: string[] }[] = [];
  for (const [index, line] of block.text.trimEnd().split('\n').entries()) {
    const command = /^\$ (.*)$/.exec(line)?.[1];
    if (command !== undefined)
      typed.push({ at: placeOf({ ...block, line: block.line + index + 1 }), command, exit: Number(/# exit (\d+)$/.exec(command)?.[1] ?? 0), shown: [] });
    else if (line.startsWith('> ') && typed.at(-1)?.shown.length === 0)
      Object.assign(typed.at(-1) ?? {}, { command: `${typed.at(-1)?.command}\n${line.slice(2)}` });
    else typed.at(-1)?.shown.push(line);
  }
  return typed;
}

async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

interface Answer {
  readonly out: string;
  readonly code: number;
}

/** All in one shell: what one command exports, the next one has. */
async function answersTo(typed: readonly Typed[], home: string): Promise<Answer[]> {
  // Two pages that are typed at once must not want one port.
  const port = String(await aFreePort());
  const script = [
    "trap 'kill $(jobs -p) 2>/dev/null; true' EXIT",
    ...typed.map(({ command }) => `${command.replaceAll(USUAL_PORT, `127.0.0.1:${port}`)}\nprintf '${MARK}%d${MARK}' $?`),
  ].join('\n');
  const env = { PATH: `${join(home, 'bin')}:${dirname(process.execPath)}:${process.env['PATH']}`, HOME: home, LANG: 'C.UTF-8', COLUMNS: '100' };
  const shell = spawn('bash', ['-c', script], { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS });
  const [out, err] = await Promise.all([shell.stdout, shell.stderr].map(async (stream) => (await stream.setEncoding('utf8').toArray()).join('')));
  const parts = (out ?? '').split(MARK);
  if (parts.length < 2 * typed.length) throw new Error(`the shell ended early; stderr:\n${err}`);
  return typed.map((_, index) => ({ out: parts[2 * index] ?? '', code: Number(parts[2 * index + 1]) }));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function problemsOf({ at, command, exit, shown }: Typed, answer: Answer | undefined): string[] {
  if (answer?.code !== exit) return [`${at}: ${command}: exit ${answer?.code}, not ${exit}:\n${answer?.out}`];
  const wanted = shown.join('\n').trim() === '' ? [] : shown.join('\n').trim().split('\n');
  if (wanted.length === 0) return [];
  const pattern = wanted.map((line) => (line.trim() === '…' ? '(?:.*\\n)*?' : `${line.split('…').map(escaped).join('.*')}\\n`)).join('');
  const out = `${answer.out.replace(/[ \t]+$/gm, '').trimEnd()}\n`;
  return new RegExp(`^\\s*${pattern}\\s*$`).test(out) ? [] : [`${at}: ${command}: the page shows\n${wanted.join('\n')}\nand the program printed\n${out}`];
}
