import { jsonPathOf, type OutputFormat } from '../config/output-format.ts';
import { coded } from '../errors/coded-error.ts';
import type { Output } from './context.ts';
import { asYaml } from './yaml.ts';

/** A value in a format for programs; JSON where the format is none of those. */
export async function asData(value: unknown, format: OutputFormat, { isTerminal }: Pick<Output, 'isTerminal'>): Promise<string> {
  const template = jsonPathOf(format);
  if (template !== undefined) {
    const text = await filled(template, value);
    // A template says itself where it wants line breaks, as with kubectl; but a prompt is to stand on a line of its own.
    return isTerminal && !text.endsWith('\n') ? `${text}\n` : text;
  }
  if (format === 'yaml') return asYaml(value);
  if (format === 'jsonl') return (Array.isArray(value) ? value : [value]).map((each) => `${JSON.stringify(each)}\n`).join('');
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A list is what stands under `items`, as in the REST API. */
async function filled(template: string, value: unknown): Promise<string> {
  const [{ readTemplate }, { fillTemplate }, { JsonPathProblem }] = await Promise.all([
    import('../domain/json-path/read-template.ts'),
    import('../domain/json-path/fill-template.ts'),
    import('../domain/json-path/template.ts'),
  ]);
  const document: unknown = JSON.parse(JSON.stringify(Array.isArray(value) ? { items: value } : value));
  try {
    return fillTemplate(readTemplate(template), document);
  } catch (error) {
    if (error instanceof JsonPathProblem) throw coded('SETTINGS_INVALID', { problems: [`jsonpath=${template}: ${error.message}`] });
    throw error;
  }
}
