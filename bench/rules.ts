import { performance } from 'node:perf_hooks';
import type { Fact } from '../src/domain/fact.ts';
import { exampleFact } from '../src/rules/examples/example-fact.ts';
import { loadRules } from '../src/rules/load/load-rules.ts';
import type { Example, Rule } from '../src/rules/rule.ts';
import { bundleRules, loadCompiled } from '../src/rules/rule-bundle.ts';
import { readRuleFiles } from '../src/rules/rule-files.ts';
import { compileRules } from '../src/rules/rule-set.ts';

// The budget: 200 rules over 10,000 facts in 300 ms, cold; a run's own cost of reading the shipped rules in 60 ms.
const RULES = 200;
const FACTS = 10_000;
/** One fact in so many shows a fault; one in so many is a near miss. The rest are what healthy objects give. */
const FAULTY = 20;
const NEAR = 7;

const timed = <T>(run: () => T): { readonly value: T; readonly ms: number; readonly cpuMs: number } => {
  const before = process.cpuUsage();
  const start = performance.now();
  const value = run();
  const ms = Math.round((performance.now() - start) * 10) / 10;
  const { user, system } = process.cpuUsage(before);
  return { value, ms, cpuMs: Math.round((user + system) / 1000) };
};

const shipped = await readRuleFiles(process.argv[2] ?? 'rules');
const loaded = timed(() => loadRules(shipped));
const rules = loaded.value.rules.map(({ rule }) => rule);
const many = Array.from({ length: RULES }, (_, index) => variant(rules[index % rules.length] as Rule, Math.floor(index / rules.length)));
const bundle = bundleRules(many);
const facts = Array.from({ length: FACTS }, (_, index) => factAt(index));

const opened = timed(() => compileRules(loadCompiled(bundle)));
const cold = timed(() => opened.value.evaluate(facts, ({ excerpt }) => excerpt));
const warm = timed(() => opened.value.evaluate(facts, ({ excerpt }) => excerpt));

const rows: readonly (readonly [string, number, number | undefined])[] = [
  [`load and check ${rules.length} rules from YAML (build and --rules only)`, loaded.ms, undefined],
  [`open ${RULES} rules from the bundle (every run)`, opened.ms, 60],
  [`${RULES} rules over ${FACTS} facts, first time: ${cold.value.length} findings, cpu ${cold.cpuMs} ms`, cold.ms, 300],
  [`${RULES} rules over ${FACTS} facts, again, cpu ${warm.cpuMs} ms`, warm.ms, 300],
];
for (const [what, ms, budget] of rows)
  process.stdout.write(`${String(ms).padStart(8)} ms  ${budget === undefined ? '    ' : ms <= budget ? 'pass' : 'FAIL'}  ${what}\n`);

function variant(rule: Rule, copy: number): Rule {
  return copy === 0 ? rule : { ...rule, id: `${rule.id}-${copy}` };
}

/** A fact of the subject of one of the rules: of an example on which it fires or is quiet, else without anything to see. */
function factAt(index: number): Fact {
  const rule = rules[index % rules.length] as Rule;
  const { fires, quiet } = rule.examples;
  const healthy: Example = { name: 'healthy', given: {}, texts: [], signals: [], relations: {} };
  const example = index % FAULTY === 0 ? fires[index % fires.length] : index % NEAR === 0 ? quiet[index % quiet.length] : healthy;
  const fact = exampleFact(rule, example ?? healthy);
  const object = { kind: 'Pod', namespace: 'bench', name: `pod-${index}` };
  return { ...fact, id: String(index), object, relations: { self: object } };
}
