import { parseJson } from './parse-json.ts';
import { parseYaml } from './parse-yaml.ts';
import type { ParsedText } from './parsed-text.ts';

/** Reads JSON or YAML, whatever the file's name says: what begins like JSON is JSON. */
export function parseText(text: string): ParsedText {
  const start = text.trimStart();
  if (start === '') return { documents: [], problem: 'it is empty' };
  if (start[0] === '{' || start[0] === '[') return parseJson(text);
  return parseYaml(text);
}
