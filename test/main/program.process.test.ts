import { afterAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { expectCode, Home } from './program.ts';

const home = new Home();
afterAll(() => home[Symbol.dispose]());

describe('the program itself', () => {
  test.each([['--version'], ['-V']])('%s is one line', async (flag) => {
    const { stdout, stderr } = expectCode(await home.run([flag]), 0);
    expect([stdout, stderr]).toEqual([`${packageJson.version}\n`, '']);
  });

  test('version says what it runs on, in text and in JSON', async () => {
    const text = expectCode(await home.run(['version']), 0).stdout;
    expect(text).toBe(`sre-orch ${packageJson.version} (Node ${process.versions.node}, ${process.platform}-${process.arch})\n`);
    const json: unknown = JSON.parse(expectCode(await home.run(['version', '-o', 'json']), 0).stdout);
    expect(json).toEqual({ sre_orch: packageJson.version, node: process.versions.node, platform: `${process.platform}-${process.arch}` });
  });

  test('--help lists every command', async () => {
    const { stdout, stderr } = expectCode(await home.run(['--help']), 0);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
    expect(commands).toEqual(
      expect.arrayContaining(['investigate', 'list', 'show', 'rules', 'graph', 'snapshot', 'doctor', 'schema', 'version', 'completion']),
    );
    expect(stderr).toBe('');
  });

  test('the help of a command holds its options and an example that can be run', async () => {
    const { stdout } = expectCode(await home.run(['investigate', '--help']), 0);
    for (const option of ['--namespace', '--all-namespaces', '--context', '--kubeconfig', '--snapshot', '--since', '--at', '--until', '--rules'])
      expect(stdout).toContain(option);
    for (const option of ['--knowledge-graph', '--output', '--timeout', '--no-store', '--quiet', '--verbose', '--fail-on']) expect(stdout).toContain(option);
    expect(stdout).toContain('$ sre-orch investigate "checkout is failing in shop"');
  });

  test('without a command the help goes to stderr', async () => {
    const { stdout, stderr } = expectCode(await home.run([]), 2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: sre-orch');
  });

  test.each<{ args: string[]; says: RegExp }>([
    { args: ['investigat'], says: /unknown command 'investigat'; did you mean investigate\?/ },
    { args: ['lists'], says: /did you mean list\?/ },
    { args: ['list', '--statu', 'x'], says: /unknown option '--statu'; did you mean --status\?/ },
    { args: ['list', '--status', 'asleep'], says: /argument 'asleep' is invalid. Allowed choices are investigating, completed/ },
    { args: ['list', '--limit', 'many'], says: /error SETTINGS_INVALID: .*--limit needs a whole number/ },
    { args: ['show'], says: /missing required argument 'id'/ },
    { args: ['show', 'a', 'b'], says: /too many arguments/ },
    { args: ['investigate', 'x', '--output', 'xml'], says: /error SETTINGS_INVALID: .*--output/ },
    { args: ['investigate', 'x', '--timeout', 'soon'], says: /error SETTINGS_INVALID: .*--timeout.*a duration like 90s/ },
    { args: ['investigate', 'x', '--fail-on', 'certain'], says: /Allowed choices are high, medium, low/ },
    { args: ['completion', 'tcsh'], says: /error SETTINGS_INVALID: .*"tcsh"; it can be bash, zsh, fish/ },
    { args: ['rules'], says: /Usage: sre-orch rules/ },
    { args: ['rules', 'lnt'], says: /unknown command 'lnt'/ },
    { args: ['graph', 'path', 'a'], says: /missing required argument 'to'/ },
    { args: ['investigate', 'x', '-A', '-n', 'shop'], says: /'-A, --all-namespaces' cannot be used with option '-n, --namespace <name>'/ },
    { args: ['investigate', 'x', '--snapshot', 'd', '--context', 'c'], says: /'--snapshot <path>' cannot be used with option '--context <name>'/ },
    { args: ['investigate', 'x', '--quiet', '--verbose'], says: /'--quiet' cannot be used with option '--verbose'/ },
    { args: ['graph', 'show', '--knowledge-only', '--snapshot', 'd'], says: /'--knowledge-only' cannot be used with option '--snapshot <path>'/ },
    { args: ['snapshot', '-A', '-n', 'shop', '--out', 'd'], says: /'-A, --all-namespaces' cannot be used/ },
    { args: ['doctor', '-A', '-n', 'shop'], says: /'-A, --all-namespaces' cannot be used/ },
    ...['', ' ', '../kube-system', 'Ünïcödé', '%2e%2e', 'a b'].map((name) => ({
      args: ['investigate', 'x', '-n', name],
      says: /error SETTINGS_INVALID: .*-n, --namespace <name>: a name of letters, digits, dots and hyphens is needed/,
    })),
    { args: ['investigate', 'x', '--rules', ''], says: /--rules <dir>: a value is needed/ },
  ])('$args is a usage error', async ({ args, says }) => {
    const { stdout, stderr } = expectCode(await home.run(args), 2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/^(?:error [A-Z_]+: .*\n {2}\S.*|Usage: )/);
  });

  test('all that is wrong with the settings is said at once', async () => {
    const { stderr } = expectCode(await home.run(['investigate', 'x', '-o', 'xml', '--timeout', 'soon'], { env: { SRE_ORCH_CONFIG: '/nowhere' } }), 2);
    expect(stderr).toMatch(/2 settings are not valid: .*--output.*--timeout/);
  });
});
