import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { renderManPage } from '../../scripts/cli/man.ts';
import { renderCliPage } from '../../scripts/cli/markdown.ts';
import { cliReference } from '../../scripts/cli/reference.ts';
import { renderFacts } from '../../scripts/facts/render-facts.ts';
import { OTHER_VARIABLES } from '../../src/config/environment.ts';
import { SETTINGS } from '../../src/config/settings.ts';

test('docs/cli.md and the man page say what the commands are: npm run docs writes them', () => {
  const commands = cliReference();
  expect(readFileSync('docs/cli.md', 'utf8')).toBe(renderCliPage(commands));
  expect(readFileSync('man/sre-orch.1', 'utf8')).toBe(renderManPage(commands, packageJson.version));
});

test('docs/facts.md says what rules can see: npm run docs writes it', () => {
  expect(readFileSync('docs/facts.md', 'utf8')).toBe(renderFacts());
});

test('every variable of the environment that the program looks at is documented', () => {
  const documented = new Set([...Object.values(SETTINGS).map(({ env }) => env), ...Object.keys(OTHER_VARIABLES).flatMap((names) => names.split(', '))]);
  const looked = globSync('src/**/*.{ts,tsx}').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\benv\[['"](\w+)['"]\]|\bxdg\(env, '(\w+)'/g)].map(([, name, xdg]) => name ?? xdg ?? ''),
  );
  expect(looked.length).toBeGreaterThan(10);
  expect([...new Set(looked)].filter((name) => !documented.has(name.toUpperCase()))).toEqual([]);
});
