import { readFile, writeFile } from 'node:fs/promises';
import { CATALOGUE } from '../src/errors/catalogue.ts';
import { renderErrorsPage } from '../src/errors/errors-page.ts';
import { withDemo } from './demo.ts';

await writeFile('docs/errors.md', renderErrorsPage(CATALOGUE));
await writeFile('README.md', await withDemo(await readFile('README.md', 'utf8')));
