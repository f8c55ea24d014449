import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';

const testNames = z.array(z.string().regex(/^test\/\S+\.ts: .+$/, 'must be "file: name of the test"'));

const moreSchema = z.strictObject({
  tests: testNames.default([]),
  scenarios: z.array(z.string()).default([]),
});

const fileSchema = z.strictObject({
  sections: z.record(z.string().regex(/^[A-Q]$/), z.strictObject({ title: z.string(), modes: z.record(z.string().regex(/^[A-Q]\d\d$/), z.string()) })),
  more: z.record(z.string(), moreSchema),
  adjudicators: z.record(z.string(), z.strictObject({ holds: testNames, quiet: testNames })),
});

export interface FailureMode {
  readonly id: string;
  readonly section: string;
  /** 0: not a failure by itself but a way in which failures are joined, a non-fault, or a rule of reading. */
  readonly stars: number;
  readonly what: string;
  /** Tests as "file: name". */
  readonly tests: readonly string[];
  readonly scenarios: readonly string[];
}

/** Tests of what an adjudicator says and of where it is silent, as "file: name", by its id. */
export type AdjudicatorTests = Readonly<Record<string, { readonly holds: readonly string[]; readonly quiet: readonly string[] }>>;

export function adjudicatorTests(): AdjudicatorTests {
  return readFile().adjudicators;
}

/** Every id that is to be known, in order. */
export function failureModes(): readonly FailureMode[] {
  const { sections, more } = readFile();
  return Object.entries(sections).flatMap(([letter, { title, modes }]) =>
    Object.entries(modes).map(([id, text]) => {
      const [, stars = '', what = text] = /^(★*)\s*(.+)$/.exec(text) ?? [];
      return { id, section: `${letter}. ${title}`, stars: stars.length, what, tests: more[id]?.tests ?? [], scenarios: more[id]?.scenarios ?? [] };
    }),
  );
}

function readFile(): z.infer<typeof fileSchema> {
  return fileSchema.parse(load(readFileSync(join(import.meta.dirname, 'failure-modes.yaml'), 'utf8')));
}
