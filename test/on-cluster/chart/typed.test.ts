import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HELM } from '../../../scripts/chart/helm.ts';
import { IMAGE } from '../../packaging/chart/values.ts';
import { blocksOf, ROOT } from '../../packaging/pages/blocks.ts';
import { kubectl } from '../kubectl.ts';
import { Release } from './release.ts';

const POD = 'examples/restore/pod.yaml';

describe.runIf(IMAGE !== undefined)('what a person types', () => {
  let release: Release;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'typed-'));
    release = await Release.install('chart', 31_186);
  });
  afterAll(async () => {
    await release?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  /** The page's names are those of a release called sre-orch, in a namespace of the same name as the chart. */
  const ofRelease = (text: string): string =>
    text.replaceAll('-n sre-orchestrator', `-n ${release.namespace}`).replaceAll('sre-orch-sre-orchestrator', 'sre-sre-orchestrator');
  const type = async (block: string): Promise<void> => void (await promisify(execFile)('bash', ['-ec', ofRelease(block)], { cwd: folder, timeout: 240_000 }));

  test('the commands of its notes do what they say, typed as they stand', async () => {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    // The namespace of the question is none of this cluster, and the port of this machine may be taken.
    const typed = [...(await release.notes()).matchAll(/^ {3}(.*)$/gm)].map(([, line = '']) =>
      line.replaceAll(/\b8080(?=:8080)|(?<=127\.0\.0\.1:)8080/g, String(port)),
    );
    expect(typed).toHaveLength(4);
    const [forward, set, ask = '', test] = typed;
    const program = `${join(ROOT, 'node_modules/.bin/node')} ${join(ROOT, 'bin/sre-orch.js')}`;
    const script = [
      `sre-orch() { ${program} "$@"; }; helm() { ${HELM} "$@"; }`,
      'trap "kill %1" EXIT',
      forward,
      set,
      `until curl -sf http://127.0.0.1:${port}/readyz > /dev/null; do sleep 0.2; done`,
      ask.replace('checkout is failing in shop', 'is anything wrong in kube-system?'),
      test,
    ].join('\n');
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { timeout: 180_000 });
    expect(stdout).toMatch(/^inc-\w+ · /m);
    expect(stdout).toContain('Phase:          Succeeded');
  });

  test('a backup by the commands of docs/operations.md: taken while it runs, and restored; what came after it is gone, what was before is there', async () => {
    const [backup, restore, ...more] = blocksOf('docs/operations.md')
      .filter(({ text }) => text.includes('incidents-copy.db'))
      .map(({ text }) => text);
    expect(more).toEqual([]);
    await promisify(execFile)('mkdir', ['-p', join(folder, 'examples/restore')]);
    await writeFile(join(folder, POD), ofRelease((await readFile(join(ROOT, POD), 'utf8')).replace(/image: .*/, `image: ${IMAGE}`)));

    const kept = await release.post('before the backup', 'default');
    await release.ended(kept);
    await type(backup ?? '');
    const lost = await release.post('after the backup', 'default');
    await release.ended(lost);
    await type(restore ?? '');
    await kubectl('rollout', 'status', 'deployment/sre-sre-orchestrator', '-n', release.namespace, '--timeout=120s');
    await release.untilReached();

    const status = async (id: string): Promise<number> => (await release.ask(`/api/v1/incidents/${id}`)).status;
    expect([await status(kept), await status(lost)]).toEqual([200, 404]);
    // The key goes on working, and so does the server.
    expect((await release.ended(await release.post('after the restore', 'default')))['status']).toBe('completed');
    const left = await kubectl('exec', '-n', release.namespace, 'deployment/sre-sre-orchestrator', '--', 'ls', '/var/lib/sre-orch');
    expect(left).not.toContain('copy.db');
  });
});
