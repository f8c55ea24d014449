import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { expectCode, Home } from './program.ts';
import { Screen } from './terminal/screen.ts';

const fileOf = (home: Home): string => join(home.path, 'config/sre-orch/config.yaml');
function homeWith(config: string): Home {
  const home = new Home();
  mkdirSync(join(home.path, 'config/sre-orch'), { recursive: true });
  writeFileSync(fileOf(home), config);
  return home;
}
interface Row {
  setting: string;
  value: string | null;
  from: string;
}
const rowsOf = async (home: Home, ...more: string[]): Promise<Record<string, Row>> => {
  const rows = JSON.parse(expectCode(await home.run(['config', 'list', '-o', 'json', ...more]), 0).stdout) as Row[];
  return Object.fromEntries(rows.map((row) => [row.setting, row]));
};

describe('config', () => {
  test('set writes for its owner only, get reads it back, unset takes it out', async () => {
    using home = new Home();
    expect(expectCode(await home.run(['config', 'set', 'namespace', 'shop']), 0).stderr).toBe(`written to ${fileOf(home)}\n`);
    expect(statSync(fileOf(home)).mode & 0o777).toBe(0o600);
    expect(expectCode(await home.run(['config', 'get', 'namespace']), 0).stdout).toBe('shop\n');
    expectCode(await home.run(['config', 'unset', 'namespace']), 0);
    expect(expectCode(await home.run(['config', 'get', 'namespace']), 1).stdout).toBe('');
    expect(expectCode(await home.run(['config', 'path']), 0).stdout).toBe(`${fileOf(home)}\n`);
  });

  test('list says where each value comes from', async () => {
    using home = homeWith('timeout: 30s\nprofile: prod\nprofiles:\n  prod:\n    namespace: shop\n  dev:\n    namespace: play\n');
    const rows = await rowsOf(home);
    expect(rows['timeout']).toMatchObject({ value: '30s', from: `timeout in ${fileOf(home)}` });
    expect(rows['namespace']).toMatchObject({ value: 'shop', from: `namespace in profile prod of ${fileOf(home)}` });
    expect(rows['output']).toMatchObject({ value: 'json', from: '-o, --output <format>' });
    expect(rows['rules']).toMatchObject({ value: null, from: 'default' });
    expect((await rowsOf(home, '--profile', 'dev'))['namespace']?.value).toBe('play');
    const { stdout } = expectCode(await home.run(['config', 'get', 'namespace'], { env: { SRE_ORCH_NAMESPACE: 'other' } }), 0);
    expect(stdout).toBe('other\n');
  });

  test('the profile of the context in use is chosen, and said', async () => {
    using home = homeWith('profiles:\n  prod:\n    context: admin@eu\n    namespace: shop\n  staging:\n    namespace: play\n');
    const kubeconfig = join(home.path, 'kubeconfig');
    const contexts = ['admin@eu', 'staging', 'other'].map((name) => ({ name, context: { cluster: 'c' } }));
    writeFileSync(kubeconfig, JSON.stringify({ contexts, 'current-context': 'admin@eu' }));
    const rows = await rowsOf(home, '--kubeconfig', kubeconfig);
    expect(rows['profile']).toMatchObject({ value: 'prod', from: 'context admin@eu of the kubeconfig' });
    expect(rows['namespace']).toMatchObject({ value: 'shop', from: `namespace in profile prod of ${fileOf(home)}` });
    expect((await rowsOf(home, '--kubeconfig', kubeconfig, '--context', 'staging'))['namespace']?.value).toBe('play');
    expect((await rowsOf(home, '--kubeconfig', kubeconfig, '--context', 'other'))['profile']).toMatchObject({ value: null, from: 'default' });
  });

  test('a password in an address is not shown', async () => {
    using home = homeWith('prometheus: https://reader:hunter2secret@metrics.example\n');
    const { stdout } = expectCode(await home.run(['config', 'list']), 0);
    expect(stdout).toContain('metrics.example');
    expect(stdout).not.toContain('hunter2secret');
    expect(expectCode(await home.run(['config', 'get', 'prometheus']), 0).stdout).not.toContain('hunter2secret');
  });

  test('what is wrong in the file stops every command but the one that mends it', async () => {
    using home = homeWith('colour: red\ntimeout: soon\n');
    expect(expectCode(await home.run(['list']), 2).stderr).toMatch(/^error SETTINGS_INVALID: 2 settings are not valid: .*timeout.*colour/);
    expectCode(await home.run(['config', 'unset', 'colour']), 0);
    expectCode(await home.run(['config', 'set', 'timeout', '1m']), 0);
    expect(readFileSync(fileOf(home), 'utf8')).toBe('timeout: 1m\n');
    expectCode(await home.run(['list']), 0);
  });

  test.each([
    [['config', 'set', 'timeout', 'soon'], /a duration like 90s/],
    [['config', 'set', 'namespaze', 'shop'], /there is no setting "namespaze"; near: namespace/],
    [['config', 'get', 'nothing-like-it'], /there is no setting "nothing-like-it"\./],
    [['version', '--profile', 'prod'], /unknown option/],
    [['investigate', 'x', '--profile', 'prod'], /profile prod: .* has no such profile/],
  ])('%j', async (args, message) => {
    using home = new Home();
    expect(expectCode(await home.run(args), 2).stderr).toMatch(message);
  });

  test('init without a terminal writes a file that explains itself, and never over another', async () => {
    using home = new Home();
    expectCode(await home.run(['config', 'init']), 0);
    const text = readFileSync(fileOf(home), 'utf8');
    for (const line of text.split('\n')) expect(line).toMatch(/^(?:#|$)/);
    expect((await rowsOf(home))['timeout']).toMatchObject({ value: '2m', from: 'default' });
    expect(text).toContain('# timeout: 2m');
    expect(expectCode(await home.run(['config', 'init']), 2).stderr).toMatch(/is there already/);
  });

  test('init on a terminal asks', async () => {
    using home = new Home();
    using screen = new Screen(home, ['config', 'init']);
    await screen.shows(/Context of the kubeconfig/);
    screen.type('prod-eu\r');
    await screen.shows(/Namespace to look at/);
    screen.type('shop\r');
    await screen.shows(/Prometheus, if/);
    screen.type('\r');
    await screen.shows(/Alertmanager, if/);
    screen.type('\r');
    expect(await screen.exited).toBe(0);
    expect(load(readFileSync(fileOf(home), 'utf8'))).toEqual({ context: 'prod-eu', namespace: 'shop' });
  });
});
