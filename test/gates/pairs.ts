import type { ClusterReader } from '../../src/cluster/reader.ts';
import type { Kind } from '../../src/domain/kubernetes/resource-type.ts';
import type { Report } from '../../src/domain/report.ts';
import { names } from '../scenario-runner/judge.ts';
import type { Expectation } from '../scenario-runner/scenario.ts';
import { answersOf, type Bench, type Gate, labelOf, type Trial, trialOf } from './gate.ts';
import { retoldReader } from './readers/retold-reader.ts';
import { unionReader } from './readers/union-reader.ts';
import { faults, type RecordedCase } from './recorded-case.ts';
import { shuffled } from './seeded-random.ts';

const PAIRS = 40;
const ASK = 'many things are failing';

/** Two faults that have nothing to do with each other, at once: half of them in one namespace, half in two. */
export const pairs: Gate = {
  name: 'Two faults at once',
  claim: 'both roots of two independent scenarios are named when the question names neither',
  share: 0.9,
  trials: (bench) =>
    chosenPairs(faults(bench).filter(isLocal)).map(
      ([one, other], index) =>
        () =>
          both(bench, one, other, index % 2 === 0),
    ),
};

type Pair = readonly [RecordedCase, RecordedCase];

/** Every scenario as often as any other, and none twice with the same. */
function chosenPairs(cases: readonly RecordedCase[]): Pair[] {
  const order = shuffled(cases, 'pairs');
  const most = (order.length * (order.length - 1)) / 2;
  const found: Pair[] = [];
  for (let apart = 1; found.length < Math.min(PAIRS, most) && apart < order.length; apart++) {
    for (const [index, one] of order.entries()) {
      const other = order[(index + apart) % order.length];
      if (other !== undefined && found.length < PAIRS && !found.some((pair) => pair.includes(one) && pair.includes(other))) found.push([one, other]);
    }
  }
  return found;
}

/** A fault of the node or of the control plane is everybody's: it does not stand beside another one independently. */
function isLocal({ scenario }: RecordedCase): boolean {
  return !scenario.exclusive && !scenario.expect.healthy && !/^(?:Node|ControlPlane|External)\//.test(scenario.expect.object);
}

async function both({ engine }: Bench, one: RecordedCase, other: RecordedCase, together: boolean): Promise<Trial> {
  const here = one.question.namespace ?? '';
  const shared = together && (await fitTogether(one, other));
  const second = await retoldReader(other.reader, { asOf: one.reader.asOf, namespace: shared ? here : undefined });
  const report = await engine(unionReader(one.reader, second), { ask: ASK, namespace: shared ? here : undefined });
  const name = `${one.scenario.name} and ${other.scenario.name}, in ${shared ? 'one namespace' : 'two namespaces'}`;
  const expected = [one.scenario.expect, other.scenario.expect];
  return trialOf(
    name,
    expected.flatMap((each) => missing(each, report)),
    answersOf(name, expected, report),
  );
}

function missing(expected: Expectation, { root_causes: causes }: Report): string[] {
  if (expected.healthy || causes.some((cause) => names(expected, cause))) return [];
  return [`${expected.cause.join(' or ')} on ${expected.object} is not named, but ${causes.map(labelOf).join(', ') || 'nothing'}`];
}

const NAMED: readonly Kind[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Service',
  'Ingress',
  'PersistentVolumeClaim',
  'ConfigMap',
  'Secret',
  'Pod',
];
// What binds a whole namespace would bind the other's workloads too.
const NAMESPACE_WIDE: readonly Kind[] = ['ResourceQuota', 'LimitRange', 'NetworkPolicy'];
const RANDOM_NAME = /-[0-9a-f]{6}$/;

/** Whether two recordings can share a namespace: no object has the name of another's, nothing rules over all of it, and it is not itself what is broken. */
async function fitTogether(one: RecordedCase, other: RecordedCase): Promise<boolean> {
  if ([one, other].some(isOfItsNamespace)) return false;
  if (!RANDOM_NAME.test(one.question.namespace ?? '') || !RANDOM_NAME.test(other.question.namespace ?? '')) return false;
  const [first, second] = await Promise.all([ownNames(one.reader), ownNames(other.reader)]);
  return first !== undefined && second !== undefined && first.isDisjointFrom(second);
}

/** Of two namespaces that are made one, the state of only one is seen. */
function isOfItsNamespace({ scenario: { expect } }: RecordedCase): boolean {
  return !expect.healthy && expect.object.startsWith('Namespace/');
}

/** undefined: it holds something that rules over its namespace. */
async function ownNames(reader: ClusterReader): Promise<ReadonlySet<string> | undefined> {
  const listed = async (kind: Kind): Promise<string[]> => {
    const lookup = await reader.list(kind, { namespace: reader.defaultNamespace ?? '' }, AbortSignal.timeout(10_000));
    return lookup.status === 'found' ? lookup.value.items.map(({ metadata }) => `${kind}/${metadata.name}`) : [];
  };
  const rulers = await Promise.all(NAMESPACE_WIDE.map(listed));
  if (rulers.flat().length > 0) return undefined;
  const all = (await Promise.all(NAMED.map(listed))).flat();
  return new Set(all.filter((name) => name !== 'ConfigMap/kube-root-ca.crt'));
}
