import { writeFile } from 'node:fs/promises';
import { CATALOGUE } from '../src/errors/catalogue.ts';
import { renderErrorsPage } from '../src/errors/errors-page.ts';

await writeFile('docs/errors.md', renderErrorsPage(CATALOGUE));
