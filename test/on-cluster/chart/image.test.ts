import { beforeAll, describe, expect, test } from 'vitest';
import { IMAGE } from '../../packaging/chart/values.ts';
import { kubectl, ownNamespace } from '../kubectl.ts';
import { type ImageArchive, openImageArchive } from './image-archive.ts';

const BASE = 'docker.io/library/node:24-bookworm-slim';
const MOST_BYTES = 70 * 10 ** 6;
/** What runs, and the folders that it stands in. */
const PRODUCTION = [
  /^opt\/(?:sre-orch\/(?:(?:package\.json|LICENSE|knowledge_graph\.yaml)|(?:bin|dist|rules|prompts)\/.*)?)?$/,
  /^usr\/(?:local\/(?:bin\/(?:sre-orch)?)?)?$/,
  /^var\/(?:lib\/(?:sre-orch\/)?)?$/,
  // What a builder leaves of its own.
  /^(?:etc\/(?:hosts|resolv\.conf)?|run\/)$/,
];
/** Tries to write where the program stands, where it keeps its data without a volume, and beside that; tells as whom it runs. */
const TRY = `
const { writeFileSync } = require('node:fs');
const { getuid, getgid } = process;
const told = ['/', '/opt/sre-orch/', '/opt/sre-orch/dist/', '/var/lib/sre-orch/', '/tmp/', '/etc/', '/usr/local/bin/'].map((folder) => {
  try { writeFileSync(folder + 'x', ''); return 'written'; } catch ({ code }) { return code; }
});
console.log(JSON.stringify({ user: getuid(), group: getgid(), told }));`;

describe.runIf(IMAGE !== undefined)('the image', () => {
  let archive: ImageArchive | undefined;
  beforeAll(async () => {
    archive = await openImageArchive(IMAGE ?? '', BASE);
  });

  test('adds at most 70 MB to its base, and nothing but what runs', ({ skip }) => {
    if (archive === undefined) return skip('neither buildah nor docker has it');
    expect(archive.added.length).toBeGreaterThan(20);
    expect(archive.added.filter((path) => !PRODUCTION.some((shape) => shape.test(path)))).toEqual([]);
    expect(archive.added.filter((path) => /node_modules|\.tsx?$|\.map$|\.test\.|\.npmrc|\.git/.test(path))).toEqual([]);
    expect(archive.addedBytes).toBeGreaterThan(10 ** 6);
    expect(archive.addedBytes).toBeLessThanOrEqual(MOST_BYTES);
    process.stdout.write(`the image adds ${(archive.addedBytes / 10 ** 6).toFixed(1)} MB to its base\n`);
  });

  test('says itself that it is not root, and holds no secret in its settings', ({ skip }) => {
    if (archive === undefined) return skip('neither buildah nor docker has it');
    const { User: user, Env: env = [], Entrypoint: entrypoint } = archive.config;
    expect(user).toBe('1000:1000');
    expect(entrypoint).toEqual(['node', '/opt/sre-orch/bin/sre-orch.js']);
    expect(env.filter((each) => /KEY|TOKEN|SECRET|PASSWORD/i.test(each))).toEqual([]);
  });

  // Kubernetes starts a container with runAsNonRoot only where the user that the image names is another than root.
  test('runs with its own user, without capabilities, where nothing can be written', async () => {
    await using namespace = await ownNamespace('image');
    const { name } = namespace;
    await kubectl('label', 'namespace', name, 'pod-security.kubernetes.io/enforce=restricted');
    const container = {
      name: 'image',
      image: IMAGE,
      imagePullPolicy: 'IfNotPresent',
      command: ['sh', '-c', 'sre-orch version && node -e "$TRY"'],
      env: [{ name: 'TRY', value: TRY }],
      securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    };
    const spec = {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [container],
    };
    const overrides = JSON.stringify({ apiVersion: 'v1', spec });
    const said = await kubectl('run', 'image', '-n', name, `--image=${IMAGE}`, '--restart=Never', '--rm', '-i', '-q', `--overrides=${overrides}`);
    expect(said).toMatch(/^sre-orch \d+\.\d+\.\d+/m);
    const told = /^\{.*\}$/m.exec(said)?.[0] ?? '{}';
    expect(JSON.parse(told)).toEqual({ user: 1000, group: 1000, told: Array.from({ length: 7 }, () => 'EROFS') });
  });
});
