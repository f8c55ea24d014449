import { jsonPathOf, type OutputFormat } from '../config/output-format.ts';
import { folded } from '../report/fold.ts';
import { asData } from './as-data.ts';
import { asksForData } from './asks-for-data.ts';
import type { Output } from './context.ts';
import { renderTable } from './render-table.ts';
import type { CommandResult, Table } from './result.ts';

/** Shows a result on a plain stream, in the format asked for. Returns the exit code. */
export async function print(result: CommandResult, output: Output, format: OutputFormat): Promise<number> {
  switch (result.kind) {
    case 'text':
      await output.out(ended(result.folds && output.isTerminal ? folded(result.text, output.width) : result.text, format));
      return result.exitCode ?? 0;
    case 'json':
      await output.out(await asData(result.value, format, output));
      return result.exitCode ?? 0;
    case 'table':
      await output.out(await tableAs(format, result, output));
      return result.exitCode ?? 0;
    case 'done':
      return result.exitCode;
  }
}

function ended(text: string, format: OutputFormat): string {
  return text.endsWith('\n') || text === '' || jsonPathOf(format) !== undefined ? text : `${text}\n`;
}

async function tableAs(format: OutputFormat, result: Table, output: Output): Promise<string> {
  if (format === 'name') return result.rows.map(([name = '']) => `${name}\n`).join('');
  if (asksForData({ output: format })) return asData(asRecords(result), format, output);
  return renderTable(result, output.isTerminal && format !== 'wide' ? output.width : Number.POSITIVE_INFINITY);
}

function asRecords({ columns, rows }: Table): Record<string, string>[] {
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ''])));
}
