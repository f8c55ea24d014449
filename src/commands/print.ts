import { printableLine } from '../report/printable.ts';
import type { Output } from './context.ts';
import type { CommandResult } from './result.ts';
import { asYaml } from './yaml.ts';

/** Shows a result on a plain stream; JSON when asked for. Returns the exit code. */
export async function print(result: CommandResult, output: Output, format: string): Promise<number> {
  switch (result.kind) {
    case 'text':
      await output.out(result.text.endsWith('\n') || result.text === '' ? result.text : `${result.text}\n`);
      return result.exitCode ?? 0;
    case 'json':
      await output.out(format === 'yaml' ? await asYaml(result.value) : `${JSON.stringify(result.value, null, 2)}\n`);
      return result.exitCode ?? 0;
    case 'table':
      await output.out(await tableAs(format, result));
      return result.exitCode ?? 0;
    case 'done':
      return result.exitCode;
  }
}

async function tableAs(format: string, result: Extract<CommandResult, { kind: 'table' }>): Promise<string> {
  const records = asRecords(result.columns, result.rows);
  if (format === 'json') return `${JSON.stringify(records, null, 2)}\n`;
  if (format === 'jsonl') return records.map((record) => `${JSON.stringify(record)}\n`).join('');
  return format === 'yaml' ? asYaml(records) : renderTable(result);
}

function asRecords(columns: readonly string[], rows: readonly (readonly string[])[]): Record<string, string>[] {
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ''])));
}

/** Columns as kubectl prints them: upper-case heads, three spaces between. */
function renderTable({ columns, rows, whenEmpty }: Extract<CommandResult, { kind: 'table' }>): string {
  if (rows.length === 0) return `${whenEmpty}\n`;
  const lines = [columns.map((column) => column.toUpperCase().replaceAll('_', ' ')), ...rows.map((row) => row.map(printableLine))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => (line[index] ?? '').length)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, index) => cell.padEnd(widths[index] ?? 0))
          .join('   ')
          .trimEnd()}\n`,
    )
    .join('');
}
