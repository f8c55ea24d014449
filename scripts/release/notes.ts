// `node scripts/release/notes.ts VERSION`: what CHANGELOG.md says of a version, for the page of a release.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { sectionsOf } from './changelog.ts';

const [version = ''] = process.argv.slice(2);
const section = sectionsOf(readFileSync(resolve(import.meta.dirname, '../../CHANGELOG.md'), 'utf8')).find((each) => each.version === version.replace(/^v/, ''));
if (section === undefined) {
  process.stderr.write(`CHANGELOG.md has nothing for ${version}\n`);
  process.exitCode = 1;
} else process.stdout.write(`${section.lines.join('\n')}\n`);
