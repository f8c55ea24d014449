import { jsonPathOf, type OutputFormat } from '../config/output-format.ts';
import type { Settings } from '../config/settings.ts';

const DATA: ReadonlySet<OutputFormat> = new Set(['json', 'jsonl', 'yaml']);

/** Whether a program reads the answer, and not a person: `print` then writes a `json` result in the format asked for. */
export function asksForData({ output }: Pick<Settings, 'output'>): boolean {
  return DATA.has(output) || jsonPathOf(output) !== undefined;
}
