import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordedCase } from '../case.ts';
import { type Engine, sourceEngine } from '../engines.ts';
import { TRANSFORMS } from './all.ts';
import { type Dump, readDump, writeDump } from './dump.ts';

const OUTAGE: RecordedCase = {
  name: 'example',
  snapshot: join(import.meta.dirname, '../../../examples/shop-outage'),
  query: 'checkout is failing',
  namespace: 'shop',
  faultObject: 'app/checkout',
  fault: 'killed',
};
const folder = mkdtempSync(join(tmpdir(), 'sre-orch-transforms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const transformed = (name: string): Dump => TRANSFORMS[name]?.(readDump(OUTAGE)) ?? readDump(OUTAGE);
const allText = ({ files }: Dump): string => [...files].flat().join('\n');

describe('the same incident told otherwise', () => {
  let engine: Engine;
  let told: { cause_id: string } | undefined;
  beforeAll(async () => {
    engine = await sourceEngine();
    told = (await engine(OUTAGE)).root_causes[0];
    // All rules are read from YAML and checked.
  }, 60_000);

  it.each(Object.keys(TRANSFORMS).filter((name) => name !== 'drop-logs'))('%s: the same cause', async (name) => {
    const recorded = writeDump(transformed(name), folder);
    const [first] = (await engine(recorded)).root_causes;
    expect(first?.cause_id).toBe(told?.cause_id);
    expect(`app/${first?.object.name}`).toBe(recorded.faultObject);
  });
});

describe('a transformation does what it says', () => {
  it('leaves no name of a service or of the namespace', () => {
    expect(allText(readDump(OUTAGE))).toMatch(/cart-store/);
    expect(allText(transformed('rename'))).not.toMatch(/cart-store|checkout|"shop"/);
  });

  it('gives each pod a twin with its own logs', () => {
    const count = (dump: Dump): number => [...dump.files.keys()].filter((path) => path.endsWith('logs.txt')).length;
    expect(count(transformed('replicas'))).toBe(2 * count(readDump(OUTAGE)));
  });

  it('moves every date', () => {
    const years = (dump: Dump): string[] => [...new Set(allText(dump).match(/\b20\d\d-\d\d-\d\dT/g))];
    expect(years(transformed('time-later')).filter((date) => years(readDump(OUTAGE)).includes(date))).toEqual([]);
  });
});
