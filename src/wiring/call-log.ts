import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dataDirectory } from '../config/directories.ts';
import { makeFolder } from '../config/make-folder.ts';
import type { Settings } from '../config/settings.ts';
import type { TellCall } from '../llm/call-record.ts';

const FILE = 'llm-calls.jsonl';
const OFF = 'off';
/** Then the file is put aside, in place of the one before. */
const MAX_BYTES = 5 * 2 ** 20;

/** Where requests to models are logged; undefined where they are not. */
function callLogFile({ llmLog, dataDir }: Settings): string | undefined {
  if (llmLog !== undefined) return llmLog === OFF ? undefined : llmLog;
  const folder = dataDir ?? dataDirectory(process.env);
  return folder === undefined ? undefined : join(folder, FILE);
}

/** Appends each request as a line of JSON. A log that cannot be written is told once, and stops nothing. */
export function callLog(settings: Settings, warn: (text: string) => void): TellCall {
  let path = callLogFile(settings);
  return (call) => {
    if (path === undefined) return;
    try {
      makeFolder(dirname(path));
      if (existsSync(path) && statSync(path).size > MAX_BYTES) renameSync(path, `${path}.1`);
      appendFileSync(path, `${JSON.stringify({ time: new Date().toISOString(), ...call })}\n`, { mode: 0o600 });
    } catch (error) {
      warn(`note: calls of the language model are not logged: ${(error as Error).message}\n`);
      path = undefined;
    }
  };
}

/** A call as people read it. */
export const callText: (call: Parameters<TellCall>[0]) => string = ({ model, outcome, input_tokens: read, output_tokens: written, estimated, ms, detail }) =>
  outcome === 'answered'
    ? `model ${model}: ${read} tokens read, ${written} written${estimated ? ' (estimated)' : ''}, ${ms} ms`
    : `model ${model}: ${detail ?? outcome}, ${ms} ms`;
