import { type Conclusions, type CorrelateInput, correlate } from '../../src/correlate/correlate.ts';
import type { Effect } from '../../src/domain/effect.ts';
import { type Entities, NO_ENTITIES } from '../../src/domain/entities.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Finding } from '../../src/domain/finding.ts';
import type { Gap } from '../../src/domain/gap.ts';
import type { Inventory } from '../../src/domain/inventory.ts';
import { type ObjectRef, objectRef, refKey } from '../../src/domain/object-ref.ts';
import type { Scope } from '../../src/domain/report.ts';
import type { Edge, EdgeType, Graph } from '../../src/topology/graph.ts';
import { GraphBuilder } from '../../src/topology/indexed-graph.ts';
import { AS_OF, inventoryOf } from '../topology/inventory-of.ts';

export { AS_OF };

/** `Deployment/shop/web`, or `Node//n1`. */
function ref(text: string): ObjectRef {
  const [kind = '', namespace, name = ''] = text.split('/');
  return objectRef(kind, namespace, name);
}

/** A graph from lines like `Service/shop/db selects StatefulSet/shop/db`; a fourth word is the origin of the edge. `owned-by` makes the pod's owner known, and the way back. */
function graphOf(lines: readonly string[]): Graph {
  const builder = new GraphBuilder();
  const owners = new Map<string, ObjectRef>();
  for (const line of lines) {
    const [from = '', type = '', to = '', origin = 'object'] = line.split(' ');
    const cite = () => ({ source: 'object' as const, object: ref(from), field_path: `edge ${type}`, excerpt: to });
    builder.edge({ from: ref(from), to: ref(to), type: type as EdgeType, origin: origin as Edge['origin'], cite });
    if (type !== 'owned-by') continue;
    owners.set(refKey(ref(from)), ref(to));
    builder.edge({ from: ref(to), to: ref(from), type: 'runs-as', origin: 'object', cite });
  }
  return builder.build({
    pods: [],
    ownerOf: (object) => owners.get(refKey(object)) ?? object,
    podsOf: (object) => [...owners].flatMap(([pod, owner]) => (refKey(owner) === refKey(object) ? [ref(pod)] : [])),
  });
}

type Written = Partial<Omit<Finding, 'object' | 'subjects' | 'via' | 'victims'>> & {
  readonly effect: Effect;
  readonly on: string;
  readonly seen?: readonly string[];
  readonly waitsFor?: readonly string[];
  readonly hurts?: readonly string[];
};

/** A finding with one piece of evidence of its own, `ev-<cause id>`, unless it says otherwise. */
export function finding(cause: string, { on, seen = [], waitsFor = [], hurts = [], ...given }: Written): Finding {
  return {
    id: `f-${cause}`,
    rule_id: `rule-${cause}`,
    cause_id: cause,
    title: `Title of ${cause}`,
    role: 'cause',
    strength: 'decisive',
    object: ref(on),
    subjects: (seen.length > 0 ? seen : [on]).map(ref),
    via: waitsFor.map(ref),
    victims: hurts.map(ref),
    mechanism: `Mechanism of ${cause}.`,
    since: null,
    evidence_ids: [`ev-${cause}`],
    supersedes: [],
    remediation: [],
    references: [],
    ...given,
  };
}

export function symptom(cause: string, written: Written): Finding {
  return finding(cause, { role: 'symptom', ...written });
}

const SILENT: Entities = { ...NO_ENTITIES, namespace: 'shop' };

interface Scene {
  readonly findings: readonly Finding[];
  readonly graph?: readonly string[];
  readonly inventory?: Inventory;
  readonly scope?: Partial<Scope>;
  /** Objects that the question names. */
  readonly asks?: readonly string[];
  readonly gaps?: readonly Gap[];
  readonly entities?: Partial<Entities>;
  /** Evidence that is cited and was not read. */
  readonly lost?: readonly string[];
  /** Evidence that is more than a field of the blamed object. */
  readonly evidence?: Readonly<Record<string, Partial<Evidence>>>;
}

export function inputOf({ findings, graph = [], inventory, scope, asks = [], gaps = [], entities, lost = [], evidence = {} }: Scene): CorrelateInput {
  const objects = new Map(findings.flatMap((one) => one.evidence_ids.map((id) => [id, one.object] as const)));
  return {
    findings,
    graph: graphOf(graph),
    inventory: inventory ?? inventoryOf(podsIn(findings)),
    scope: { namespaces: ['shop'], objects: asks.map(ref), since: null, until: null, ...scope },
    entities: { ...SILENT, ...entities },
    gaps,
    asOf: AS_OF,
    evidence: (id) => {
      const object = objects.get(id);
      if (object === undefined || lost.includes(id)) return undefined;
      return { id, source: 'object', object, field_path: 'status', excerpt: `excerpt of ${id}`, collected_at: AS_OF, ...evidence[id] };
    },
  };
}

/** Every pod on which something was seen exists. */
function podsIn(findings: readonly Finding[]): object[] {
  const pods = findings.flatMap(({ subjects }) => subjects).filter(({ kind }) => kind === 'Pod');
  return pods.map(({ kind, namespace, name }) => ({ kind, metadata: { namespace, name } }));
}

export function conclude(scene: Scene): Conclusions {
  return correlate(inputOf(scene));
}

/** The root causes as `cause-id Kind/ns/name`, in order. */
export function rootsOf({ root_causes }: Conclusions): string[] {
  return root_causes.map(({ cause_id, object }) => `${cause_id} ${refKey(object)}`);
}

/** The first root's chain as `from -> to` names. */
export function chainText({ root_causes }: Conclusions, index = 0): string[] {
  return (root_causes[index]?.chain ?? []).map(({ from, to }) => `${refKey(from)} -> ${refKey(to)}`);
}
