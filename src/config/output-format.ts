import * as z from 'zod/mini';
import { readTemplate } from '../domain/json-path/read-template.ts';
import { JsonPathProblem } from '../domain/json-path/template.ts';

export const OUTPUTS = ['text', 'wide', 'name', 'json', 'jsonl', 'yaml', 'markdown', 'html'] as const;
const JSON_PATH = 'jsonpath=';

/** How an answer is written; `jsonpath=TEMPLATE` fills a template of kubectl's JSONPath. */
export type OutputFormat = (typeof OUTPUTS)[number] | `${typeof JSON_PATH}${string}`;

/** The template of `jsonpath=TEMPLATE`; undefined for any other format. */
export function jsonPathOf(format: OutputFormat): string | undefined {
  return format.startsWith(JSON_PATH) ? format.slice(JSON_PATH.length) : undefined;
}

const isOutput = (text: string): text is (typeof OUTPUTS)[number] => (OUTPUTS as readonly string[]).includes(text);

/** Said before anything is read: a template that cannot be used costs nobody an investigation. */
function problemOf(text: string): string | undefined {
  if (isOutput(text)) return undefined;
  if (text === 'jsonpath') return "a template is needed: -o jsonpath='{.incident_id}'";
  if (!text.startsWith(JSON_PATH)) return `one of ${OUTPUTS.join(', ')} and jsonpath=TEMPLATE is needed`;
  try {
    readTemplate(text.slice(JSON_PATH.length));
    return undefined;
  } catch (error) {
    if (error instanceof JsonPathProblem) return `the JSONPath cannot be read: ${error.message}`;
    throw error;
  }
}

export const outputFormat: z.ZodMiniType<OutputFormat> = z.pipe(
  z.string().check(({ value, issues }) => {
    const message = problemOf(value);
    if (message !== undefined) issues.push({ code: 'custom', message, input: value });
  }),
  z.transform((text) => text as OutputFormat),
) as unknown as z.ZodMiniType<OutputFormat>;
