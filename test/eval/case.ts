import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One recorded incident: a question, and what its makers broke. */
export interface RecordedCase {
  readonly name: string;
  readonly snapshot: string;
  readonly query: string;
  readonly namespace: string;
  /** `app/checkout`, `node/worker-1` or `namespace/shop` */
  readonly faultObject: string;
  readonly fault: string;
}

/** The cases of a folder: a folder each, with `expected.json` and `snapshot/`. */
export function readCases(folder: string): RecordedCase[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const expected = JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as Record<string, string>;
      const { query = '', namespace = '', fault_object: faultObject = '', root_cause: fault = '' } = expected;
      return { name, snapshot: join(folder, name, 'snapshot'), query, namespace, faultObject, fault };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}
