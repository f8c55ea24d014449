import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aFolder, DUMPS, runCommand } from './run-command.ts';

const SERVER = ['--server', 'http://127.0.0.1:1'];

/** The flags that are refused; undefined where the server was asked. */
async function refused(...argv: string[]): Promise<readonly string[] | undefined> {
  const error = (await runCommand(argv).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )) as { code?: string; details?: { flags?: readonly string[] } } | undefined;
  if (error?.code === 'SERVER_UNREACHABLE') return undefined;
  expect(error?.code).toBe('FLAGS_ELSEWHERE');
  return error?.details?.flags;
}

describe('what a server cannot heed', () => {
  test.each<[string[], string[]]>([
    [
      ['investigate', 'x', '--no-store', '--rules', './r'],
      ['--rules', '--no-store'],
    ],
    [
      [
        'investigate',
        'x',
        '--kubeconfig',
        'k',
        '--context',
        'c',
        '--knowledge-graph',
        'g',
        '--prometheus',
        'http://p',
        '--llm-model',
        'm',
        '--store',
        'sqlite:s',
      ],
      ['--context', '--kubeconfig', '--prometheus', '--llm-model', '--knowledge-graph', '--store'],
    ],
    [
      ['chat', '--no-store', '--agents', 'a', '--data-dir', aFolder()],
      ['--agents', '--no-store'],
    ],
    [
      ['rerun', 'last', '--no-llm', '--mcp-config', 'm'],
      ['--mcp-config', '--no-llm'],
    ],
    [['list', '--data-dir', 'd'], ['--data-dir']],
    [['cancel', 'last', '--store', 'sqlite:s'], ['--store']],
  ])('%j is refused, all of it at once', async (argv, flags) => {
    expect((await refused(...argv, ...SERVER))?.toSorted()).toEqual(flags.toSorted());
  });

  test.each([[['investigate', 'x', '--no-llm', '-n', 'shop', '--since', '1h', '--timeout', '10s']], [['feedback', 'last', 'right']], [['show', 'last']]])(
    '%j is asked',
    async (argv) => expect(await refused(...argv, ...SERVER)).toBeUndefined(),
  );

  test('the settings file may say what is for work here, and --no-server has it done here', async () => {
    const file = join(aFolder(), 'config.yaml');

    writeFileSync(file, 'server: http://127.0.0.1:1\nrules: ./nowhere\nprofiles:\n  prod:\n    context: prod\n    server: http://127.0.0.1:1\n');
    process.env['SRE_ORCH_CONFIG'] = file;
    try {
      expect(await refused('list')).toBeUndefined();
      expect(await refused('investigate', 'x', '--context', 'staging')).toEqual(['--context']);
      // There the context is what names the server.
      expect(await refused('investigate', 'x', '--context', 'prod')).toBeUndefined();
      expect((await runCommand(['list', '--no-server', '--data-dir', aFolder()])).out).toContain('No investigations are stored yet');
    } finally {
      delete process.env['SRE_ORCH_CONFIG'];
    }
  });
});

describe('rerun, cancel and feedback on this machine', () => {
  const DUMP = ['--snapshot', join(DUMPS, 'memory-limit')];

  test('an investigation is asked again of its dump, and of nothing else', async () => {
    const data = ['--data-dir', aFolder()];
    await runCommand(['investigate', 'checkout is failing', '-n', 'orders', ...DUMP, ...data]);
    await expect(runCommand(['rerun', 'last', ...data])).rejects.toMatchObject({ code: 'SNAPSHOT_NEEDED' });
    const again = await runCommand(['rerun', 'last', ...DUMP, ...data, '-o', 'json', '--fail-on', 'high']);
    expect(again.code).toBe(10);
    expect(JSON.parse(again.out)).toMatchObject({
      description: 'checkout is failing',
      scope: { namespaces: ['orders'] },
      suggested_root_cause: expect.any(String),
    });
    expect((await runCommand(['list', ...data, '-o', 'name'])).out.trim().split('\n')).toHaveLength(2);
    await expect(runCommand(['cancel', 'last', ...data])).rejects.toMatchObject({ code: 'INCIDENT_ENDED' });
  });

  test('feedback is kept, listed, and needs its word', async () => {
    const data = ['--data-dir', aFolder()];
    await runCommand(['investigate', 'checkout is failing', ...DUMP, ...data]);
    expect((await runCommand(['feedback', 'last', ...data])).out).toContain('Nobody has said yet');
    expect((await runCommand(['feedback', 'last', 'wrong', '--note', 'the limit was lowered', ...data])).out).toBe(
      'Kept: container-memory-limit-exceeded was wrong.\n',
    );
    expect((await runCommand(['feedback', 'last', ...data])).out).toMatch(/^wrong +container-memory-limit-exceeded .* the limit was lowered$/m);
    await expect(runCommand(['feedback', 'last', 'maybe', ...data])).rejects.toMatchObject({ code: 'ARGUMENTS_INVALID' });
    await expect(runCommand(['feedback', 'last', '--note', 'x', ...data])).rejects.toMatchObject({ code: 'ARGUMENTS_INVALID' });
  });
});
