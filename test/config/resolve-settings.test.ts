import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfigFile } from '../../src/config/config-file.ts';
import { configDirectory, dataDirectory } from '../../src/config/directories.ts';
import { resolveSettings } from '../../src/config/resolve-settings.ts';
import { parseDuration } from '../../src/config/setting.ts';

const sources = { flags: {}, env: {}, file: {}, filePath: 'config.yaml' };

describe('settings', () => {
  test('a key without a value is not given', () => {
    const file = { timeout: null, profile: 'prod', profiles: { prod: { output: null } } };
    const { settings, origins, problems } = resolveSettings({ ...sources, file });
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({ timeout: '2m', output: 'text' });
    expect(origins.timeout).toBe('default');
  });

  test('flag > environment > file > default', () => {
    const file = { output: 'json', timeout: '30s', context: 'from-file' };
    const env = { SRE_ORCH_OUTPUT: 'jsonl', SRE_ORCH_TIMEOUT: '45s' };
    const { settings, problems } = resolveSettings({ ...sources, file, env, flags: { output: 'markdown' } });
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({ output: 'markdown', timeout: '45s', context: 'from-file', namespace: undefined });
  });

  test.each([
    ['the one that names it', { currentContext: 'admin@eu' }, 'prod-eu', 'context admin@eu of the kubeconfig'],
    ['the one that has its name', { currentContext: 'staging' }, 'staging', 'context staging of the kubeconfig'],
    ['none that names another', { currentContext: 'prod-eu' }, undefined, 'default'],
    ['none of another', { currentContext: 'minikube' }, undefined, 'default'],
    ['that of --context', { currentContext: 'staging', flags: { context: 'admin@eu' } }, 'prod-eu', 'context admin@eu, by --context <name>'],
    ['that of the variable', { env: { SRE_ORCH_CONTEXT: 'staging' } }, 'staging', 'context staging, by SRE_ORCH_CONTEXT'],
    ['the one that is asked for, whatever the context', { currentContext: 'staging', flags: { profile: 'prod-eu' } }, 'prod-eu', '--profile <name>'],
    ['none where nobody knows the context', {}, undefined, 'default'],
  ])('the profile of a context is %s', (_, given, profile, where) => {
    const file = { namespace: 'any', profiles: { 'prod-eu': { context: 'admin@eu', namespace: 'shop' }, staging: { namespace: 'try' } } };
    const { settings, origins, problems } = resolveSettings({ ...sources, file, ...given });
    expect(problems).toEqual([]);
    expect([settings.profile, origins.profile]).toEqual([profile, where]);
    const namespaces: Record<string, string> = { 'prod-eu': 'shop', staging: 'try' };
    expect(settings.namespace).toBe(namespaces[profile ?? ''] ?? 'any');
  });

  test('an empty variable is not given', () => {
    expect(resolveSettings({ ...sources, env: { SRE_ORCH_OUTPUT: '' } }).settings.output).toBe('text');
  });

  test('every problem is reported at once, with its place', () => {
    const { problems } = resolveSettings({ ...sources, flags: { timeout: 'soon' }, env: { SRE_ORCH_OUTPUT: 'pdf' }, file: { colour: 'red' } });
    expect(problems.map(({ where }) => where).sort()).toEqual(['--timeout <duration>', 'SRE_ORCH_OUTPUT', 'colour in config.yaml']);
  });

  test.each([
    ['90s', 90_000],
    ['1.5h', 5_400_000],
    ['250ms', 250],
    ['2d', 172_800_000],
    ['soon', undefined],
    ['5', undefined],
  ])('the duration %s is %s ms', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));
});

describe('the settings file', () => {
  test('is read as YAML', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'config-')), 'config.yaml');
    await writeFile(path, 'output: json # a comment\n');
    expect(await readConfigFile(path)).toEqual({ output: 'json' });
  });

  test('may be missing', async () => expect(await readConfigFile('/nowhere/config.yaml')).toEqual({}));

  test('that is broken is named', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'config-')), 'config.yaml');
    await writeFile(path, 'output: [json');
    await expect(readConfigFile(path)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', details: { path } });
  });
});

describe('directories', () => {
  test('follow XDG, and ignore a relative path as it demands', () => {
    expect(dataDirectory({ XDG_DATA_HOME: '/data', HOME: '/home/a' })).toBe('/data/sre-orch');
    expect(dataDirectory({ XDG_DATA_HOME: 'data', HOME: '/home/a' })).toBe('/home/a/.local/share/sre-orch');
    expect(configDirectory({ HOME: '/home/a' })).toBe('/home/a/.config/sre-orch');
    expect(dataDirectory({})).toBeUndefined();
  });
});
