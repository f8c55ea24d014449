import { readFile, writeFile } from 'node:fs/promises';
import { CATALOGUE } from '../src/errors/catalogue.ts';
import { renderErrorsPage } from '../src/errors/errors-page.ts';
import { loadRules } from '../src/rules/load/load-rules.ts';
import { readRuleFiles } from '../src/rules/rule-files.ts';
import { loadScenarios } from '../test/scenario-runner/load-scenarios.ts';
import { proofs } from './coverage/proofs.ts';
import { renderCoverage } from './coverage/render-coverage.ts';
import { withDemo } from './demo.ts';

const rules = loadRules(await readRuleFiles('rules')).rules.map(({ rule }) => rule);
await writeFile('docs/errors.md', renderErrorsPage(CATALOGUE));
await writeFile('docs/coverage.md', renderCoverage(proofs(rules, loadScenarios()), rules.length));
await writeFile('README.md', await withDemo(await readFile('README.md', 'utf8')));
