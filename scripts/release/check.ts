// `node scripts/release/check.ts [TAG]`: all that must say the same version does, and what is shipped may be shipped. Prints every problem at once.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { sectionsOf } from './changelog.ts';
import { licenceProblems } from './licences.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');
const [tag] = process.argv.slice(2);
const { version } = JSON.parse(read('package.json')) as { version: string };
const lock = JSON.parse(read('package-lock.json')) as { version: string; packages: Record<string, { license?: string; dev?: boolean }> };
const problems: string[] = [];
const same = (what: string, found: string): void => {
  if (found !== version) problems.push(`${what} says ${found}, package.json says ${version}`);
};

if (tag !== undefined) same('the tag', tag.replace(/^v/, ''));
same('package-lock.json', lock.version);
const CHART = 'charts/sre-orchestrator/Chart.yaml';
if (existsSync(resolve(ROOT, CHART))) {
  const chart = parse(read(CHART)) as { version: string; appVersion: string };
  same(`version of ${CHART}`, chart.version);
  same(`appVersion of ${CHART}`, chart.appVersion);
}
const sections = sectionsOf(read('CHANGELOG.md'));
if (tag !== undefined && !sections.some((section) => section.version === version && section.lines.length > 0))
  problems.push(`CHANGELOG.md has nothing for ${version}`);
problems.push(...licenceProblems(lock.packages));

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(problems.length === 0 ? `${version} may be released\n` : `${problems.length} problems\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
