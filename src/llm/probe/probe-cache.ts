import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type ProbeFindings, probeFindingsSchema } from './findings.ts';

const cacheSchema = z.record(z.string(), probeFindingsSchema);

const keyOf = (baseUrl: string, model: string): string => `${baseUrl} ${model}`;

/** What is known of an endpoint and a model from before; undefined where nothing is, also where the file is damaged. */
export async function readProbe(file: string, baseUrl: string, model: string): Promise<ProbeFindings | undefined> {
  return (await readAll(file))[keyOf(baseUrl, model)];
}

/** Keeps what was found. Written as a whole, so that nobody reads half of it. */
export async function keepProbe(file: string, found: ProbeFindings): Promise<void> {
  const all = { ...(await readAll(file)), [keyOf(found.base_url, found.model)]: found };
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.${process.pid}`, JSON.stringify(all), { mode: 0o600 });
  await rename(`${file}.${process.pid}`, file);
}

async function readAll(file: string): Promise<Readonly<Record<string, ProbeFindings>>> {
  try {
    return cacheSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}
