import type { Settings } from '../config/settings.ts';

const DATA: ReadonlySet<Settings['output']> = new Set(['json', 'jsonl', 'yaml']);

/** Whether a program reads the answer, and not a person: `print` then writes a `json` result in the format asked for. */
export function asksForData({ output }: Pick<Settings, 'output'>): boolean {
  return DATA.has(output);
}
