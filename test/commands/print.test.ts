import { describe, expect, test } from 'vitest';
import type { Output } from '../../src/commands/context.ts';
import { print } from '../../src/commands/print.ts';
import type { CommandResult } from '../../src/commands/result.ts';
import type { OutputFormat } from '../../src/config/output-format.ts';

async function printed(result: CommandResult, format: OutputFormat = 'text', isTerminal = false): Promise<[string, number]> {
  let text = '';
  const output: Output = {
    out: async (part) => {
      text += part;
    },
    err: () => {},
    width: 80,
    isTerminal,
    color: 'none',
    unicode: true,
    links: false,
    watched: false,
    typed: false,
  };
  const code = await print(result, output, format);
  return [text, code];
}

const table: CommandResult = {
  kind: 'table',
  columns: ['id', 'created_at'],
  rows: [
    ['a', 'now'],
    ['long-one', ''],
  ],
  whenEmpty: 'There are none.',
};

describe('the plain printer', () => {
  test.each<[string, CommandResult, string]>([
    ['text', { kind: 'text', text: 'one line' }, 'one line\n'],
    ['text that ends its line', { kind: 'text', text: 'one line\n' }, 'one line\n'],
    ['no text', { kind: 'text', text: '' }, ''],
    ['json', { kind: 'json', value: { a: 1 } }, '{\n  "a": 1\n}\n'],
    ['a table', table, 'ID         CREATED AT\na          now\nlong-one\n'],
    ['an empty table', { ...table, rows: [] }, 'There are none.\n'],
    ['what was already printed', { kind: 'done', exitCode: 0 }, ''],
  ])('%s', async (_, result, expected) => {
    expect(await printed(result)).toEqual([expected, 0]);
  });

  test('a table as JSON is a list of records, and empty an empty list', async () => {
    expect(JSON.parse((await printed(table, 'json'))[0])).toEqual([
      { id: 'a', created_at: 'now' },
      { id: 'long-one', created_at: '' },
    ]);
    expect((await printed({ ...table, rows: [] }, 'json'))[0]).toBe('[]\n');
  });

  test('the names alone, as kubectl has them', async () => {
    expect(await printed(table, 'name')).toEqual(['a\nlong-one\n', 0]);
    expect((await printed({ ...table, rows: [] }, 'name'))[0]).toBe('');
  });

  test('a template is filled, and ends where it ends; on a terminal the prompt stands below', async () => {
    const list: CommandResult = { kind: 'json', value: [{ id: 'a' }, { id: 'b', left: undefined }] };
    const template = 'jsonpath={.items[*].id}';
    expect((await printed(list, template))[0]).toBe('a b');
    expect((await printed(list, template, true))[0]).toBe('a b\n');
    expect((await printed(table, 'jsonpath={range .items[*]}{.id}{"\\n"}{end}', true))[0]).toBe('a\nlong-one\n');
    await expect(printed(list, 'jsonpath={.items[2].id}')).rejects.toMatchObject({
      code: 'SETTINGS_INVALID',
      message: expect.stringContaining('no place 2 in a list of 2'),
    });
  });

  test('JSON lines of a list are one for each', async () => {
    expect((await printed({ kind: 'json', value: [1, { a: 2 }] }, 'jsonl'))[0]).toBe('1\n{"a":2}\n');
  });

  test('a cell cannot move the cursor or break the line', async () => {
    const [text] = await printed({ ...table, rows: [['\u001b[2Ja', 'two\nlines\u202e']] });
    expect(text).toBe('ID   CREATED AT\na    two lines\n');
  });

  test.each<CommandResult>([
    { kind: 'text', text: 'x', exitCode: 10 },
    { kind: 'json', value: 1, exitCode: 10 },
    { ...table, exitCode: 10 },
    { kind: 'done', exitCode: 10 },
  ])('the exit code is the result’s: $kind', async (result) => {
    expect((await printed(result))[1]).toBe(10);
  });
});
