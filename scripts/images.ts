import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { launch } from 'puppeteer-core';
import { Home, ROOT } from '../test/main/program.ts';
import { Screen } from '../test/main/terminal/screen.ts';
import { framesOf, plain, type Size } from './images/recording.ts';
import { type Run, terminalSvg } from './images/terminal-svg.ts';

// The pictures of README.md, from the built program: npm run images. CHROMIUM names a browser where it is not /usr/bin/chromium.
const SIZE: Size = { columns: 100, rows: 40 };
const QUESTION = 'checkout is failing in shop';
/** The chat waits for a question. */
const PROMPT = /❯ *$/;
/** After this long nothing is drawn any more. */
const SETTLED_MS = 500;
const DUMP = join(ROOT, 'examples/shop-outage');

using home = new Home();
await writeFile('docs/images/watch.svg', await watchedRun());
await writeFile('docs/images/chat.svg', await chat());
await screenshot('docs/images/report.png');

/** A frame from the middle of a run, with what was found so far above what is being read. */
async function watchedRun(): Promise<string> {
  using screen = new Screen(home, ['investigate', QUESTION, '--no-store', '--snapshot', DUMP], SIZE);
  await screen.exited;
  const frames = await framesOf(screen.written, SIZE);
  const live = frames.filter((lines) => /Ctrl-C stops/.test(plain(lines)));
  const fullest = live.reduce((best, lines) => (told(lines) >= told(best) ? lines : best));
  return terminalSvg([prompt(`sre-orch investigate "${QUESTION}"`), ...fullest], { title: 'sre-orch investigate, while it runs', columns: SIZE.columns });
}

/** How much is to be seen: findings above, reads below. */
function told(lines: readonly (readonly Run[])[]): number {
  return plain(lines).match(/✖|: \d+\s*$/gm)?.length ?? 0;
}

async function chat(): Promise<string> {
  using screen = new Screen(home, ['chat', '--no-store', '--snapshot', DUMP], SIZE);
  for (const [question, answer] of [
    [QUESTION, /Root cause/],
    ['what depends on checkout', /└─ .*depends-on it/],
  ] as const) {
    await screen.shows(PROMPT);
    screen.type(`${question}\r`);
    await screen.shows(answer);
  }
  await screen.shows(PROMPT);
  await sleep(SETTLED_MS);
  const lines = (await framesOf(screen.written, SIZE)).at(-1) ?? [];
  const asked = lines.findIndex((line) => plain([line]).includes(QUESTION));
  return terminalSvg(lines.slice(asked), { title: 'sre-orch chat', columns: SIZE.columns });
}

function prompt(command: string): Run[] {
  const look = { color: undefined, bold: false, dim: false, inverse: false };
  return [
    { ...look, column: 0, cells: 2, text: '$ ', dim: true },
    { ...look, column: 2, cells: command.length, text: command },
  ];
}

async function screenshot(path: `${string}.png`): Promise<void> {
  const { stdout } = await home.run(['investigate', QUESTION, '--no-store', '--snapshot', DUMP, '-o', 'html', '--quiet']);
  const file = join(home.path, 'report.html');
  await writeFile(file, stdout);
  const browser = await launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
    userDataDir: join(home.path, 'browser'),
  });
  const page = await browser.newPage();
  await page.setViewport({ width: 1000, height: 900, deviceScaleFactor: 1 });
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path });
  await browser.close();
}
