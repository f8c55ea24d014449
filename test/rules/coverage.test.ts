import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { adjudicatorTests } from '../../scripts/coverage/failure-modes.ts';
import { evidenceOf, type Proof, proofs } from '../../scripts/coverage/proofs.ts';
import { renderCoverage } from '../../scripts/coverage/render-coverage.ts';
import { ADJUDICATORS } from '../../src/correlate/adjudicators.ts';
import { loadRules } from '../../src/rules/load/load-rules.ts';
import { readRuleFiles } from '../../src/rules/rule-files.ts';
import { loadScenarios } from '../scenario-runner/load-scenarios.ts';
import { ruleOf } from './rule-text.ts';

const rules = loadRules(await readRuleFiles('rules')).rules.map(({ rule }) => rule);
const scenarios = loadScenarios();
const all = proofs(rules, scenarios);
const idsOf = (which: (proof: Proof) => boolean): string[] => all.filter(which).map(({ mode }) => mode.id);

/** Only a hint by themselves; these rules carry them because a second sign concurs. */
const RAISED_BY_A_SECOND_SIGN: readonly string[] = ['database-process-killed', 'volume-mount-fails'];

describe('the failure modes', () => {
  test('are 287 in the sections A to O, beside non-faults and rules of reading', () => {
    expect(all.filter(({ mode }) => mode.id < 'P')).toHaveLength(287);
    expect(new Set(idsOf(() => true)).size).toBe(all.length);
    expect(idsOf(({ mode }) => mode.id < 'O' !== mode.stars > 0)).toEqual([]);
  });

  test('that can be told have a rule or an adjudicator with examples of both kinds', () => {
    expect(idsOf(({ mode, rules: its, adjudicators }) => mode.stars > 1 && its.length + adjudicators.length === 0)).toEqual([]);
    const onlyRejected = ({ mode, rules: its, adjudicators }: Proof): boolean =>
      mode.stars > 1 && its.length === 0 && adjudicators.every(({ role }) => role !== 'cause');
    expect(idsOf(onlyRejected)).toEqual([]);
  });

  test('that are only a hint are never a cause by a rule of more than weak strength', () => {
    const hints = all.filter(({ mode }) => mode.stars === 1);
    const known = new Map(all.map(({ mode }) => [mode.id, mode.stars]));
    const firm = hints.flatMap(({ rules: its }) =>
      its.filter(
        ({ id, role, strength, catalogue }) =>
          role === 'cause' && strength !== 'weak' && !RAISED_BY_A_SECOND_SIGN.includes(id) && catalogue.every((one) => known.get(one) === 1),
      ),
    );
    expect(firm.map(({ id }) => id)).toEqual([]);
  });

  test('of cascades, non-faults and reading have a test or a scenario of their own', () => {
    expect(idsOf(({ mode, scenarios: shown }) => mode.stars === 0 && mode.tests.length + shown.length === 0)).toEqual([]);
  });

  test('are proven by tests and scenarios that exist', () => {
    const names = new Set(scenarios.map(({ name }) => name));
    const missing = all.flatMap(({ mode }) => [...mode.scenarios.filter((name) => !names.has(name)), ...mode.tests.filter(isAbsent)]);
    expect(missing).toEqual([]);
  });

  test('are the only ones that rules and scenarios carry', () => {
    const ids = new Set([...idsOf(() => true), 'P']);
    const carried = [...rules, ...scenarios].flatMap(({ catalogue }) => catalogue);
    expect(carried.filter((id) => !ids.has(id))).toEqual([]);
  });
});

test('every adjudicator has tests of what it says and of where it is silent, and all of them exist', () => {
  const tests = adjudicatorTests();
  expect(Object.keys(tests).toSorted()).toEqual(ADJUDICATORS.map(({ id }) => id).toSorted());
  for (const { id } of ADJUDICATORS) {
    const { holds = [], quiet = [] } = tests[id] ?? {};
    expect([id, holds.length > 0, quiet.length > 0]).toEqual([id, true, true]);
    expect([...holds, ...quiet].filter(isAbsent)).toEqual([]);
  }
});

/** "file: name", where the file names no such test. */
function isAbsent(proof: string): boolean {
  const at = proof.indexOf(': ');
  return !readFileSync(proof.slice(0, at), 'utf8').includes(`'${proof.slice(at + 2)}`);
}

test('the evidence of rules is told by subject: the kinds of text, and the fields that they cite', () => {
  const rule = ruleOf({
    match: {
      said: { in: ['log', 'event'], pattern: 'a', stale: false, optional: false },
      perhaps: { in: ['alert'], pattern: 'a', optional: true },
    },
  });
  expect(evidenceOf([rule, rule])).toEqual(['Container: log, event, termination']);
});

test('docs/coverage.md is what `npm run docs` writes', () => {
  expect(readFileSync('docs/coverage.md', 'utf8')).toBe(renderCoverage(all, rules.length));
});
