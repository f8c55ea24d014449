import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
const DESCRIPTION = 'checkout is failing in shop';
const START = '<!-- demo: written by `npm run docs` -->';
const END = '<!-- /demo -->';

/** What `npm run demo` prints, without what differs from run to run (the id, the duration). Needs a build. */
async function demoReport(): Promise<string> {
  const args = ['bin/sre-orch.js', 'investigate', DESCRIPTION, '--snapshot', 'examples/shop-outage', '--no-store', '--quiet'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: { ...process.env, COLUMNS: '100', NO_COLOR: '1' } });
  return stdout
    .replace(/inc-[0-9a-f]+/, 'inc-7c1d09e4b2')
    .replace(/[\d.]+ m?s(?= · \d+ requests)/, '120 ms')
    .trimEnd();
}

/** README.md with its first screen as the program prints it now. */
export async function withDemo(readme: string): Promise<string> {
  const [before] = readme.split(START);
  const after = readme.split(END)[1];
  if (after === undefined) throw new Error(`README.md has no place for the demo: ${START} … ${END}`);
  const shown = `\`\`\`text\n$ sre-orch investigate "${DESCRIPTION}" --snapshot examples/shop-outage\n\n${await demoReport()}\n\`\`\``;
  return `${before}${START}\n${shown}\n${END}${after}`;
}
