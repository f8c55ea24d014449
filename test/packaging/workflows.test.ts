import { existsSync, globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';

const ROOT = resolve(import.meta.dirname, '../..');

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly permissions?: Record<string, string>;
  readonly steps?: readonly Step[];
  readonly uses?: string;
}

interface Workflow {
  readonly on: object;
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

const workflows = globSync('.github/workflows/*.yaml', { cwd: ROOT }).map((path) => {
  const document = parseDocument(readFileSync(resolve(ROOT, path), 'utf8'));
  return { path, errors: document.errors, workflow: document.toJS() as Workflow };
});
const jobsOf = ({ jobs }: Workflow): Job[] => Object.values(jobs);
const stepsOf = (workflow: Workflow): Step[] => jobsOf(workflow).flatMap(({ steps = [] }) => steps);
const scripts = (JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts;

describe('the workflows', () => {
  test.each(workflows)('$path is YAML without a fault, and may only read unless a job says more', ({ errors, workflow }) => {
    expect(errors).toEqual([]);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
  });

  test.each(workflows)('$path runs only what is in the repository', ({ workflow }) => {
    const missing = stepsOf(workflow).flatMap(({ run = '' }) => [
      ...[...run.matchAll(/(?:node|bash) ((?:scripts|\.ci)\/\S+)/g)].map(([, file]) => file ?? '').filter((file) => !existsSync(resolve(ROOT, file))),
      ...[...run.matchAll(/npm run (\S+)/g)].map(([, name]) => name ?? '').filter((name) => !(name in scripts)),
    ]);
    const called = jobsOf(workflow).flatMap(({ uses }) => (uses?.startsWith('./') && !existsSync(resolve(ROOT, uses)) ? [uses] : []));
    expect([...missing, ...called]).toEqual([]);
  });

  test.each(workflows)('$path gives no text that others wrote to a shell', ({ workflow }) => {
    const pasted = stepsOf(workflow).filter(({ run = '' }) => run.includes('${{'));
    expect(pasted).toEqual([]);
  });

  test.each(workflows)('$path names a version of each action', ({ workflow }) => {
    const unpinned = stepsOf(workflow).filter(({ uses }) => uses !== undefined && !/@v?\d/.test(uses));
    expect(unpinned).toEqual([]);
  });
});
