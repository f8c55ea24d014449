import { readFile, writeFile } from 'node:fs/promises';
import { CATALOGUE } from '../src/errors/catalogue.ts';
import { renderErrorsPage } from '../src/errors/errors-page.ts';
import { loadRules } from '../src/rules/load/load-rules.ts';
import { readRuleFiles } from '../src/rules/rule-files.ts';
import { renderCoverage } from './coverage.ts';
import { withDemo } from './demo.ts';

await writeFile('docs/errors.md', renderErrorsPage(CATALOGUE));
await writeFile('docs/coverage.md', renderCoverage(loadRules(await readRuleFiles('rules')).rules));
await writeFile('README.md', await withDemo(await readFile('README.md', 'utf8')));
