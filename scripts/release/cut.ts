// `node scripts/release/cut.ts [--dry-run]`: writes the next version into package.json, its lock file, the chart and CHANGELOG.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nextVersion, released, sectionsOf } from './changelog.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');

interface Lock {
  version: string;
  packages: Record<string, { version?: string }>;
}

function withVersion(path: string, version: string): string {
  const parsed = JSON.parse(read(path)) as Lock;
  parsed.version = version;
  const own = parsed.packages?.[''];
  if (own !== undefined) own.version = version;
  return `${JSON.stringify(parsed, null, 2)}\n`;
}

const changelog = read('CHANGELOG.md');
const { version: current } = JSON.parse(read('package.json')) as { version: string };
const unreleased = sectionsOf(changelog).find(({ version }) => version === 'Unreleased')?.lines ?? [];
const version = nextVersion(current, unreleased);
const CHART = 'charts/sre-orchestrator/Chart.yaml';
const files: Record<string, string> = {
  'package.json': withVersion('package.json', version),
  'package-lock.json': withVersion('package-lock.json', version),
  'CHANGELOG.md': released(changelog, version, new Date().toISOString().slice(0, 10)),
  ...(existsSync(resolve(ROOT, CHART))
    ? {
        [CHART]: read(CHART)
          .replace(/^version: .*$/m, `version: ${version}`)
          .replace(/^appVersion: .*$/m, `appVersion: "${version}"`),
      }
    : {}),
};
if (!process.argv.includes('--dry-run')) for (const [path, text] of Object.entries(files)) writeFileSync(resolve(ROOT, path), text);
process.stdout.write(`${version}\n`);
