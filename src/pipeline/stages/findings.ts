import type { Cite } from '../../domain/citation.ts';
import type { Fact } from '../../domain/fact.ts';
import { type Gap, gap } from '../../domain/gap.ts';
import { asCoded } from '../../errors/coded-error.ts';
import { eachFact, type OnLostFacts } from '../../facts/build.ts';
import type { RuleFailure } from '../../rules/firing.ts';
import { quoteEvidence } from '../quote-evidence.ts';
import type { Stage } from '../stage.ts';

/** Facts of all that was read, and what the rules say of them. */
export const findingsStage: Stage = {
  name: 'findings',
  async *run(run) {
    const { inventory, graph } = run;
    if (inventory === undefined || graph === undefined) return 'nothing to judge';
    const failures: RuleFailure[] = [];
    const lost: Gap[] = [];
    const onLost: OnLostFacts = (subject, error) => {
      run.broken = true;
      lost.push(gap(`facts of every ${subject}`, 'failed', 'run it again with --verbose and report what it prints', asCoded(error).message));
    };
    const cite: Cite = (draft) => run.ledger.cite(quoteEvidence(draft, inventory, run.deps.redactor.object));
    let count = 0;
    const counted = function* (): Generator<Fact> {
      for (const fact of eachFact({ inventory, graph, knowledge: run.deps.knowledge, now: Date.parse(inventory.asOf) }, onLost)) {
        count += 1;
        yield fact;
      }
    };
    const findings = run.deps.rules.evaluate(counted(), cite, (failure) => failures.push(failure));
    for (const finding of findings) yield { type: 'finding-added', finding };
    for (const { rule_id: rule, message } of failures) {
      yield { type: 'gap-found', gap: gap(`rule ${rule}`, 'failed', 'a corrected rule: sre-orch rules lint', message) };
    }
    for (const each of lost) yield { type: 'gap-found', gap: each };
    return `${count} facts, ${run.deps.rules.rules.length} rules, ${findings.length} findings`;
  },
};
