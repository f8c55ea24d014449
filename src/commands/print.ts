import type { Output } from './context.ts';
import { renderTable } from './render-table.ts';
import type { CommandResult, Table } from './result.ts';
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
      await output.out(await tableAs(format, result, output.isTerminal && format !== 'wide' ? output.width : Number.POSITIVE_INFINITY));
      return result.exitCode ?? 0;
    case 'done':
      return result.exitCode;
  }
}

async function tableAs(format: string, result: Table, width: number): Promise<string> {
  const records = asRecords(result);
  if (format === 'json') return `${JSON.stringify(records, null, 2)}\n`;
  if (format === 'jsonl') return records.map((record) => `${JSON.stringify(record)}\n`).join('');
  return format === 'yaml' ? asYaml(records) : renderTable(result, width);
}

function asRecords({ columns, rows }: Table): Record<string, string>[] {
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ''])));
}
