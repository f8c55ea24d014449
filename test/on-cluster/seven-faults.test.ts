import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import { FAULTS, type Fault } from './faults.ts';
import { eventually, investigate, kubectl, ownNamespace } from './kubectl.ts';

const manifest = (name: string): string => join(import.meta.dirname, 'faults', name);
const named = ({ root_causes: causes }: Report): string[] => causes.map(({ object, cause_id: cause }) => `${object.kind} ${object.name}: ${cause}`).sort();
const expected = (faults: readonly Fault[]): string[] => faults.map(({ object, causes }) => `${object}: ${causes[0]}`).sort();
const SETTLES_IN = 120;

describe('seven faults on a real cluster', () => {
  test.concurrent.each(FAULTS)('$manifest alone gives exactly its one root cause', async (fault) => {
    await using namespace = await ownNamespace('fault');
    await kubectl('apply', '-n', namespace.name, '-f', manifest(fault.manifest));
    const wanted = expected([fault]);
    const report = await eventually(
      () => investigate('something is failing', '-n', namespace.name),
      (answer) => JSON.stringify(named(answer)) === JSON.stringify(wanted),
      SETTLES_IN,
    );
    expect(named(report)).toEqual(wanted);
    const [first] = report.root_causes;
    if (fault.title !== undefined) expect(first?.title).toBe(fault.title);
    expect(first?.evidence_ids.length).toBeGreaterThan(0);
    expect(first?.object.namespace).toBe(namespace.name);
  });

  test('all of them in one namespace give seven root causes and no other', async () => {
    await using namespace = await ownNamespace('seven');
    for (const { manifest: name } of FAULTS) await kubectl('apply', '-n', namespace.name, '-f', manifest(name));
    const wanted = expected(FAULTS);
    const report = await eventually(
      () => investigate('many things are failing', '-n', namespace.name),
      (answer) => JSON.stringify(named(answer)) === JSON.stringify(wanted),
      SETTLES_IN,
    );
    expect(named(report)).toEqual(wanted);
    expect(report.engine.api_requests).toBeLessThanOrEqual(60);
  });
});
