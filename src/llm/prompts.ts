import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coded } from '../errors/coded-error.ts';

/** What models are told, as files: prompts/*.md. */
export interface Prompts {
  readonly system: string;
  readonly final: string;
  readonly entities: string;
  /** In place of `final`, where a question about a report is answered. */
  readonly followUp: string;
}

const FILES = { system: 'system', final: 'final', entities: 'entities', followUp: 'follow-up' } as const;

export async function readPrompts(folder: string): Promise<Prompts> {
  const texts = await Promise.all(Object.entries(FILES).map(async ([name, file]) => [name, await readPrompt(join(folder, `${file}.md`))] as const));
  return Object.fromEntries(texts) as unknown as Prompts;
}

async function readPrompt(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw coded('FILE_UNREADABLE', { path, reason: (error as Error).message }, { cause: error });
  }
}

/** A prompt with what stands in braces filled in. Throws for a name that is not given: a prompt with holes misleads a model. */
export function filledPrompt(prompt: string, values: Readonly<Record<string, string>>): string {
  return prompt.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw coded('UNEXPECTED', { reason: `a prompt wants ${name}` });
    return value;
  });
}

/** Text of others, fenced so that it cannot close its own fence. */
export function asData(text: string, about: string): string {
  return `<data about=${JSON.stringify(about)}>\n${text.replace(/<(\/?)data\b/gi, '<$1\u200bdata')}\n</data>`;
}
